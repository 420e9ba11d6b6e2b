//! Names become addresses here, and only vetted ones go on.
//!
//! The HTTP library connects to the very addresses that this resolver gives it and looks nothing
//! up again, so a name that answers differently the second time (DNS rebinding) gains nothing.
//! Addresses written as numbers come through here too.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::address::Guard;
use crate::public::is_public;
use crate::world::World;

/// How many addresses of one name are tried; the library takes no more.
const MOST: usize = 16;

/// Resolves names in a world and keeps what is public.
#[derive(Debug)]
pub(super) struct VettedNames {
    world: Arc<dyn World>,
    guard: Guard,
}

/// Why a name leads nowhere.
#[derive(Debug)]
pub(super) enum NameFault {
    Unknown(String),
    Private,
    TimedOut,
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameFault::Unknown(detail) => f.write_str(detail),
            NameFault::Private => f.write_str("no public address"),
            NameFault::TimedOut => f.write_str("the name servers did not answer in time"),
        }
    }
}

impl std::error::Error for NameFault {}

impl VettedNames {
    pub(super) fn new(world: Arc<dyn World>, guard: Guard) -> VettedNames {
        VettedNames { world, guard }
    }

    /// Asks in a thread of its own: the system's resolver knows no time limit.
    fn look_up(&self, host: &str, port: u16, time: Duration) -> Result<Vec<SocketAddr>, NameFault> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let world = Arc::clone(&self.world);
        let name = host.to_owned();
        let look_up = move || {
            let _ = sender.send(world.look_up(&name, port));
        };
        std::thread::Builder::new()
            .name("look-up".to_owned())
            .spawn(look_up)
            .map_err(|error| NameFault::Unknown(error.to_string()))?;
        match receiver.recv_timeout(time) {
            Ok(Ok(addresses)) => Ok(addresses),
            Ok(Err(error)) => Err(NameFault::Unknown(error.to_string())),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(NameFault::TimedOut),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(NameFault::Unknown("the look-up broke off".to_owned()))
            }
        }
    }

    fn vetted(&self, uri: &Uri, time: Duration) -> Result<Vec<SocketAddr>, NameFault> {
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
            Some("https") => 443,
            _ => 80,
        });
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = match bare.parse() {
            Ok(ip) => vec![SocketAddr::new(ip, port)],
            Err(_) => self.look_up(bare, port, time)?,
        };
        if found.is_empty() {
            return Err(NameFault::Unknown("the name has no address".to_owned()));
        }
        let is_trusted = self.guard.trusts(host);
        let is_allowed = |address: &SocketAddr| is_trusted || is_public(address.ip());
        let vetted: Vec<_> = found.into_iter().filter(is_allowed).collect();
        if vetted.is_empty() { Err(NameFault::Private) } else { Ok(vetted) }
    }
}

impl Resolver for VettedNames {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let time = timeout.not_zero().map_or(Duration::from_secs(60), |time| *time);
        let vetted = self.vetted(uri, time).map_err(|fault| ureq::Error::Other(Box::new(fault)))?;
        let mut resolved = self.empty();
        for address in vetted.into_iter().take(MOST) {
            resolved.push(address);
        }
        Ok(resolved)
    }
}

/// A name that cannot be looked up is told as an error of the library and read back from it.
pub(super) fn fault_in<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a NameFault> {
    if let Some(fault) = error.downcast_ref::<NameFault>() {
        return Some(fault);
    }
    error.downcast_ref::<io::Error>()?.get_ref()?.downcast_ref::<NameFault>()
}
