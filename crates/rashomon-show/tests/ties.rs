//! Reports that may be one text in other words, in every view.

mod fixture;

use rashomon_show::html::page;
use rashomon_show::markdown::notes;
use rashomon_show::terminal::{Style, report};
use rashomon_show::wire::comparison;

#[test]
fn a_likely_tie_is_shown_with_what_suggests_it_and_counts_as_two_origins() {
    let stories = [fixture::ferry()];
    let why = "2 sentences tell the same in the same order";
    let terminal = report(&stories, &[], &Style { width: 200, ..Style::default() });
    assert!(terminal.contains(&format!(
        "≈ likely one text in other words: The Isle Post → Radio Sund · {why}"
    )));
    assert!(terminal.contains("5 independent origins"));
    let markdown = notes(&stories, &[]);
    assert!(markdown.contains(&format!("- The Isle Post → Radio Sund: {why}")), "{markdown}");
    let html = page(&stories, &[]);
    assert!(html.contains("Likely one text in other words") && html.contains(why));
    let wire = serde_json::to_value(comparison(&stories, &[])).expect("a comparison is JSON");
    let likely = &wire["stories"][0]["likely"][0];
    assert_eq!(likely["direction"], "earlier-date");
    assert_eq!(likely["signs"][0]["kind"], "same-order");
    assert_eq!(likely["passages"].as_array().map(Vec::len), Some(2));
    assert_eq!(likely["a"], likely["passages"][0]["a"]["article"]);
}
