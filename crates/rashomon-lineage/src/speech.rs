use rashomon_article::{Document, QuotationKind};
use rashomon_text::Span;

/// Which words somebody else speaks: those in direct quotations, and those between quotation
/// marks, whoever speaks there. Reads quotations where they are there already.
pub fn speech(document: &Document, words: &[Span]) -> Vec<bool> {
    let mut stretches = quoted_stretches(document);
    for quotation in &document.quotations {
        if quotation.kind == QuotationKind::Direct {
            stretches.extend(&quotation.content);
        }
    }
    stretches.sort_unstable();
    let mut speech = vec![false; words.len()];
    for stretch in stretches {
        let from = words.partition_point(|word| word.start() < stretch.start());
        let to = words.partition_point(|word| word.end() <= stretch.end());
        speech[from..to.max(from)].fill(true);
    }
    speech
}

/// The stretches between double quotation marks of each block. A mark left open reaches to the
/// end of its block where the next block opens anew, as newspapers set long quotations; else it
/// is a slip and opens nothing.
fn quoted_stretches(document: &Document) -> Vec<Span> {
    let text = document.article.text.as_str();
    let blocks: Vec<Span> = document.article.prose().map(|block| block.span).collect();
    let mut stretches = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let words = &text[block.range()];
        let mut open: Option<usize> = None;
        for (offset, c) in words.char_indices().filter(|&(_, c)| is_double_mark(c)) {
            let place = block.start() + offset;
            let opens = match c {
                '“' | '„' | '«' => true,
                '”' | '»' => false,
                _ => open.is_none(),
            };
            if opens {
                open = Some(place + c.len_utf8());
            } else if let Some(from) = open.take() {
                stretches.push(Span::new(from, place));
            }
        }
        let next_opens = blocks
            .get(at + 1)
            .is_some_and(|next| text[next.range()].trim_start().starts_with(['“', '"', '„', '«']));
        if let Some(from) = open.filter(|_| next_opens) {
            stretches.push(Span::new(from, block.end()));
        }
    }
    stretches
}

fn is_double_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}
