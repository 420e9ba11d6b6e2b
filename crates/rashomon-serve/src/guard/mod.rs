//! Who may ask what: hosts, tokens, changes from other sites, headers of every answer.

mod headers;
mod hosts;
mod origin;
mod pace;
mod token;

pub(crate) use headers::headers;
pub(crate) use hosts::known_host;
pub(crate) use origin::same_origin;
pub(crate) use pace::{Pace, paced};
pub(crate) use token::{authorized, log_in, log_in_page, log_out};
