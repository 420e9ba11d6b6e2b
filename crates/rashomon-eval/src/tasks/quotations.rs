//! Who said what: `rashomon-eval quotations --gold FILE --pred OUT [--publisher NAME,NAME]
//! [--scope attributed|reported] [--model FILE]`.
//!
//! The gold counts quotation marks as part of a content and gives a content that is partly in
//! marks as one span; predictions are put into that form. The figures are those of `score.py`,
//! and those of labelled sequences beside them (`span_exact`, `span_touched`: each span of a content by
//! itself).
//! `--publisher` keeps the documents of some outlets only; `--model` takes another model than the one
//! that is shipped, such as one that has not seen these outlets.

mod score;
mod text;

use rashomon::article::{Quotation, QuotationKind};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use rashomon_quotations::sequence::Model;
use rashomon_quotations::{Scope, quotations_by};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

/// The most bytes of marks on one side: `“‘`.
const MARKS: usize = 6;

pub fn run(options: &Options) -> Result<Value, String> {
    let mut gold = read_items(&options.path("gold")?)?;
    if let Some(publisher) = options.get("publisher") {
        let kept: Vec<&str> = publisher.split(',').collect();
        gold.retain(|item| item["publisher"].as_str().is_some_and(|name| kept.contains(&name)));
    }
    let scope = match options.get("scope") {
        None | Some("attributed") => Scope::Attributed,
        Some("reported") => Scope::Reported,
        Some(other) => return Err(format!("--scope is attributed or reported, not {other}")),
    };
    let bytes = match options.get("model") {
        Some(file) => std::fs::read(file).map_err(|error| format!("{file}: {error}"))?,
        None => english().quotations.model.to_vec(),
    };
    let model = Model::new(&bytes, english().vectors).ok_or("this is no model of quotations")?;
    let predictions: Vec<Value> = gold.iter().map(|item| predict(item, scope, &model)).collect();
    write_items(&options.path("pred")?, &predictions)?;
    Ok(score::score(&gold, &predictions))
}

fn predict(item: &Value, scope: Scope, model: &Model<'_>) -> Value {
    let id = item["id"].as_str().unwrap_or_default();
    let text = item["text"].as_str().unwrap_or_default();
    let document = rashomon::read::read_plain(id, text, english());
    let document = rashomon::annotate(document, english());
    let text = document.article.text.as_str();
    let offsets = Offsets::new(text);
    let points = |spans: &[Span]| -> Vec<[usize; 2]> {
        spans.iter().map(|&span| offsets.code_points(span)).map(|(s, e)| [s, e]).collect()
    };
    let quotations = quotations_by(&document, english(), scope, Some(model));
    let attributions = quotations.iter().map(|quotation| {
        let speaker = quotation.speaker.as_ref().map_or(&[][..], |speaker| &speaker.spans);
        json!({
            "content": points(&content(text, quotation)),
            "cue": points(&quotation.cue),
            "source": points(speaker),
            "type": quotation.kind.name(),
        })
    });
    json!({"id": id, "attributions": attributions.collect::<Vec<_>>()})
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' | '`')
}

/// The content with its marks, parts between which only marks stand made one.
fn content(text: &str, quotation: &Quotation) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for &span in &quotation.content {
        let span =
            if quotation.kind == QuotationKind::Indirect { span } else { widened(text, span) };
        let last = out.last().copied().filter(|last| {
            let between = text.get(last.end()..span.start()).unwrap_or("");
            last.end() >= span.start()
                || between.chars().all(|c| c == ' ' || is_mark(c))
                || quotation.kind == QuotationKind::Mixed
                    && between.chars().all(|c| !c.is_alphanumeric() && c != '\n')
        });
        match last {
            Some(last) if let Some(place) = out.last_mut() => *place = last.hull(span),
            _ => out.push(span),
        }
    }
    out
}

/// With the marks that touch it.
fn widened(text: &str, span: Span) -> Span {
    let before = text[..span.start()].trim_end_matches(is_mark);
    let after = text[span.end()..].trim_start_matches(is_mark);
    let start = before.len().max(span.start().saturating_sub(MARKS));
    let end = (text.len() - after.len()).min(span.end() + MARKS);
    let opens = !before.ends_with(char::is_alphanumeric) && text.is_char_boundary(start);
    let closes = !after.starts_with(char::is_alphanumeric) && text.is_char_boundary(end);
    Span::new(if opens { start } else { span.start() }, if closes { end } else { span.end() })
}
