//! How connections are opened, and how their breaking is told.

use std::cell::Cell;
use std::fmt;
use std::io;

use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, RustlsConnector, TcpConnector, Transport,
};

/// A connection to one of the vetted addresses, in TLS where the scheme asks for it. There is no
/// proxy: through one, somebody else would look the names up.
pub(super) fn connector() -> impl Connector {
    ().chain(NotedTcp::default()).chain(SharedTls::default()).chain(ResetTold)
}

/// TLS with one configuration for all connections. Requests here carry time limits of their own,
/// for which the library would otherwise build the configuration, roots and all, each time anew,
/// and no session could be resumed.
#[derive(Debug, Default)]
struct SharedTls(RustlsConnector);

impl<In: Transport> Connector<In> for SharedTls {
    type Out = <RustlsConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let shared = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: details.config,
            request_level: false,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.0.connect(&shared, chained)
    }
}

thread_local! {
    /// Whether this thread opened a connection for the request at hand.
    static DIALLED: Cell<bool> = const { Cell::new(false) };
    /// Whether the last connection of this thread ended in the middle of TLS.
    static TORN: Cell<bool> = const { Cell::new(false) };
}

/// Runs a request, and says whether it opened a connection and did not get an old one. The
/// library keeps that to itself; connections are opened on the thread that asks.
pub(super) fn noting_dials<T>(request: impl FnOnce() -> T) -> (T, bool) {
    DIALLED.set(false);
    TORN.set(false);
    let outcome = request();
    (outcome, DIALLED.get())
}

/// Whether the connection of the last request on this thread ended without the farewell of TLS.
/// Where a body has no stated length, that cannot be told from being cut.
pub(super) fn is_torn() -> bool {
    TORN.get()
}

/// TCP that notes when it dials.
#[derive(Debug, Default)]
struct NotedTcp(TcpConnector);

impl<In: Transport> Connector<In> for NotedTcp {
    type Out = <TcpConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        DIALLED.set(true);
        self.0.connect(details, chained)
    }
}

/// Tells a reset for what it is. The library takes one for the end of a body that has no stated
/// length, and half an article would pass for a whole one.
#[derive(Debug)]
struct ResetTold;

impl<In: Transport> Connector<In> for ResetTold {
    type Out = Watched<In>;

    fn connect(
        &self,
        _details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(Watched))
    }
}

/// A connection whose resets are errors.
#[derive(Debug)]
struct Watched<T>(T);

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            ureq::Error::Io(error) if is_reset(&error) => ureq::Error::Other(Box::new(Reset)),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                TORN.set(true);
                ureq::Error::Io(error)
            }
            other => other,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

fn is_reset(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted)
}

/// The other side broke the connection off.
#[derive(Debug)]
pub(super) struct Reset;

impl fmt::Display for Reset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was reset")
    }
}

impl std::error::Error for Reset {}
