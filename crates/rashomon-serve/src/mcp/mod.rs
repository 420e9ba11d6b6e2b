/*!
The desk for language models: tools of the Model Context Protocol (2025-06-18).

[`stdio`] answers on standard input and output, `rashomon serve` at `/mcp` behind the same guards
as all else. Both only read. The tools are functions from arguments to answers and know nothing of
either way.

All that reports say stands in the [fields named for it](FIELDS_OF_REPORTS), so that no report can
pass for the desk; the server tells its client that these are quotations of third parties.

JSON-RPC is read here and not by an SDK: what is asked and answered are three methods without
sessions, streams or callbacks, and the official one (rmcp 3.11) adds 21 crates, answers nothing
to what is no JSON, and has its own runtime tasks where one blocking read of the store is all.
*/

mod http;
mod model;
mod protocol;
mod resources;
mod schema;
mod stdio;
mod tools;

pub(crate) use http::route;
pub use protocol::{FIELDS_OF_REPORTS, answer};
pub use stdio::stdio;
