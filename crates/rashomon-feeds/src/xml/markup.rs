//! Elements written as HTML.

use super::{Element, Node};

/// Elements of HTML that hold nothing and have no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// What an element holds, as HTML: prefixes of vocabularies are dropped.
pub(super) fn inner(element: &Element) -> String {
    let mut html = String::new();
    push_inner(element, &mut html);
    html
}

fn push_inner(element: &Element, html: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => push_escaped(text, false, html),
            Node::Element(element) => push(element, html),
        }
    }
}

fn push(element: &Element, html: &mut String) {
    let name = element.name.local();
    html.push('<');
    html.push_str(name);
    for attribute in &element.attributes {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let declares = attribute.name == "xmlns" || attribute.name.starts_with("xmlns:");
        if declares || !attribute.name.chars().all(is_name) {
            continue;
        }
        html.push(' ');
        html.push_str(attribute.name);
        html.push_str("=\"");
        push_escaped(&attribute.value, true, html);
        html.push('"');
    }
    html.push('>');
    push_inner(element, html);
    // What an unclosed `<br>` seems to hold stands after it.
    if VOID.contains(&name.to_ascii_lowercase().as_str()) {
        return;
    }
    html.push_str("</");
    html.push_str(name);
    html.push('>');
}

fn push_escaped(text: &str, is_value: bool, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' if !is_value => html.push_str("&gt;"),
            '"' if is_value => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}
