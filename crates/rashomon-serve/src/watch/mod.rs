//! How the server does: its log, its figures, its health, and what it gives up.

mod deadline;
mod figures;
mod health;
mod log;
mod methods;
mod tags;

pub(crate) use deadline::deadline;
pub(crate) use figures::{Figures, metrics};
pub(crate) use health::health;
pub(crate) use log::logged;
pub(crate) use methods::no_such_method;
pub(crate) use tags::{coded, tagged};
