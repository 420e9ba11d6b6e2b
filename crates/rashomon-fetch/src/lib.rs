//! Polite fetching: robots.txt, conditional requests, limits, no way into the local network.
