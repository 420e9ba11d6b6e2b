//! Tokens labelled as source, cue and content by a small network.
//!
//! One long short-term memory in either direction over the words, and a linear-chain conditional
//! random field over the labels: Huang, Xu & Yu, "Bidirectional LSTM-CRF Models for Sequence
//! Tagging", 2015; as a recipe for quotations Newell et al., LREC 2018. The crate `rashomon-train`
//! estimates the weights with the same [`features`] and the same arithmetic ([`network`]); see
//! `docs/models/quotations.md`.

pub mod features;
mod label;
mod lattice;
mod model;
pub mod network;
mod table;

pub use label::{LABELS, Label, Role};
pub use lattice::{Lattice, Run, take};
pub use model::{Model, ModelParts};
pub use table::hash;
