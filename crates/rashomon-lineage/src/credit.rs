use rashomon_article::{Article, Document};
use rashomon_language::Language;
use rashomon_terms::fold;

/// How many words a line that does nothing but credit has at most.
const CREDIT_LINE: usize = 8;

/// A line of more bytes than this is not looked at: no eight words are as long.
const LINE_BYTES: usize = 200;

/// What a report says of where it comes from and who stands behind it, made once for each report.
pub struct Credits<'d> {
    agencies: Vec<(String, &'d str)>,
    /// The words of the names by which others credit it: its outlet, the agencies it credits.
    names: Vec<(Vec<&'d str>, &'d str)>,
    /// The words of the lines that may credit somebody.
    lines: Vec<Vec<&'d str>>,
    outlet: Option<&'d str>,
    owner: Option<(String, &'d str)>,
}

impl<'d> Credits<'d> {
    /// The credits of a report.
    pub fn new(document: &'d Document, language: &Language) -> Credits<'d> {
        let article = &document.article;
        let names = article.agencies.iter().chain(&article.outlet).map(String::as_str);
        let lines = article.blocks.iter().filter(|block| block.span.len() <= LINE_BYTES);
        Credits {
            agencies: article.agencies.iter().map(|name| (fold(name), name.as_str())).collect(),
            names: names
                .map(|name| (words(name, language).collect(), name))
                .filter(|(words, _): &(Vec<_>, _)| !words.is_empty())
                .collect(),
            lines: lines
                .map(|block| words(article.text.slice(block.span), language))
                .map(|line| line.take(CREDIT_LINE + 1).collect::<Vec<_>>())
                .filter(|line| line.len() <= CREDIT_LINE)
                .collect(),
            outlet: article.outlet.as_deref(),
            owner: owner(article),
        }
    }

    /// The agency that two reports both credit, in whatever case they write it.
    pub fn same_agency(&self, other: &Credits<'_>) -> Option<&'d str> {
        let known = |name: &str| other.agencies.iter().any(|(folded, _)| folded == name);
        self.agencies.iter().find(|(folded, _)| known(folded)).map(|&(_, name)| name)
    }

    /// The name by which a line of its own credits another report: the outlet of that report or an
    /// agency that it credits, as in _With material from NPA_.
    pub fn names<'o>(&self, source: &Credits<'o>) -> Option<&'o str> {
        let foreign = |name: &&(Vec<&'o str>, &'o str)| self.outlet != Some(name.1);
        let names = source.names.iter().filter(foreign);
        let stands_in = |line: &Vec<&str>, name: &[&str]| {
            line.len() >= name.len() && line.windows(name.len()).any(|at| at == name)
        };
        names
            .filter(|(name, _)| self.lines.iter().any(|line| stands_in(line, name)))
            .map(|&(_, name)| name)
            .next()
    }

    /// Whether a line credits the outlet of another report, so that it has the words from there.
    pub fn names_outlet(&self, source: &Credits<'_>) -> bool {
        self.names(source).is_some_and(|name| source.outlet == Some(name))
    }

    /// The owner that two reports of different outlets both declare.
    pub fn same_owner(&self, other: &Credits<'_>) -> Option<&'d str> {
        let (folded, name) = self.owner.as_ref()?;
        let same = other.owner.as_ref().is_some_and(|(other, _)| other == folded);
        (same && self.outlet != other.outlet).then_some(*name)
    }
}

/// Who owns the outlet, where the input declares it in the field `owner`.
fn owner(article: &Article) -> Option<(String, &str)> {
    let name = article.extra.get("owner")?.as_str()?.trim();
    (!name.is_empty()).then(|| (fold(name), name))
}

/// The words of a name or a line that are no function words, as written: an agency may be named
/// like a common word in capitals.
fn words<'t>(text: &'t str, language: &Language) -> impl Iterator<Item = &'t str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !language.words.is_function_word(&fold(word)))
}

/// Whether two articles are one: both give the same address for themselves, be it one outlet's
/// article read twice or another outlet's that names where it first stood.
pub fn same_publication(a: &Article, b: &Article) -> bool {
    address(a).is_some_and(|address| self::address(b) == Some(address))
}

/// The address of an article; that of a front page is none.
pub fn address(article: &Article) -> Option<&str> {
    let address = article.canonical.as_deref()?;
    let (_, rest) = address.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    (!path.is_empty()).then_some(address)
}
