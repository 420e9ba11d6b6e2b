//! From sources to stories: reads, fetches, annotates, groups and keeps.
