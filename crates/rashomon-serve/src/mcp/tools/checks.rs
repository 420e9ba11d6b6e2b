use rashomon::text::Text;
use rashomon_desk::checking::{self, PieceKind, Said, Source, check_claim, check_quotation};
use rashomon_desk::store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::findings::{Claim, Discrepancy, claim as told, discrepancy};
use crate::mcp::model::{Place, Places, limit, place, words};
use crate::problem::Problem;

/// What somebody is said to have said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotationAsked {
    /// The words; quotation marks around the whole of them do not count.
    words: String,
    /// Who is said to have said them.
    speaker: Option<String>,
    /// From 1 to 50; 10 where nothing is said.
    limit: Option<usize>,
}

/// Whether words stand in any report.
#[derive(Serialize, ToSchema)]
pub(super) struct QuotationAnswer {
    /// Whether they stand in the newest text of a report, but for what was evened out.
    verbatim: bool,
    /// Whether they stand in one to the code point.
    exact: bool,
    /// What was evened out, and nothing else.
    evened_out: [&'static str; 3],
    /// Where they stand: the first reports that came, in the order of their time.
    places: Vec<Verbatim>,
    /// Whether there may be more places.
    more_places: bool,
    /// Whether all reports were read that can have the words. Where not, that none was found does
    /// not mean that there is none.
    complete: bool,
    /// What comes near and is NOT what was asked, the nearest first; only where nothing is
    /// verbatim.
    near: Vec<Near>,
}

/// Where words stand verbatim.
#[derive(Serialize, ToSchema)]
struct Verbatim {
    place: Place,
    /// Whether they stand there to the code point.
    exact: bool,
    /// The quotation that they stand in; null where they are the report's own words.
    quotation: Option<Quotation>,
    /// Whether the speaker found is the one asked for, by name; null where nobody was asked for
    /// or nobody is found.
    said_by_asked: Option<bool>,
}

/// A passage that comes near: it must not be given as a quotation of what was asked.
#[derive(Serialize, ToSchema)]
struct Near {
    /// Always false.
    verbatim: bool,
    /// The share of the words asked for that stand here in the same order.
    shared_words: f64,
    place: Place,
    difference: Vec<Piece>,
    quotation: Option<Quotation>,
}

/// A piece of a difference.
#[derive(Serialize, ToSchema)]
#[schema(as = DifferencePiece)]
struct Piece {
    /// same (but for capitals and signs), only-asked or only-there.
    kind: &'static str,
    text: String,
}

/// A quotation as the analysis found it.
#[derive(Serialize, ToSchema)]
struct Quotation {
    /// direct, mixed or indirect.
    kind: &'static str,
    /// Whether the words stand in it from the first to the last.
    whole: bool,
    /// The words said.
    content: Vec<Place>,
    /// Who says them, as found in the text; null where nobody is found.
    speaker: Option<String>,
}

fn said(source: &Source, text: &Text, said: &Said) -> Quotation {
    Quotation {
        kind: said.kind.name(),
        whole: said.whole,
        content: said.content.iter().map(|span| place(source, text, *span)).collect(),
        speaker: said.speaker.clone(),
    }
}

pub(super) fn quotation(store: &Store, asked: QuotationAsked) -> Result<QuotationAnswer, Problem> {
    let check = check_quotation(
        store,
        &checking::Asked {
            words: words("words", &asked.words)?,
            speaker: asked.speaker.as_deref().filter(|speaker| !speaker.trim().is_empty()),
            limit: limit(asked.limit, 10)?,
        },
    )?;
    let places = check.places.iter().map(|at| Verbatim {
        place: place(&at.source, &at.text, at.span),
        exact: at.exact,
        quotation: at.said.as_ref().map(|it| said(&at.source, &at.text, it)),
        said_by_asked: at.by_asked,
    });
    let near = check.near.iter().map(|at| Near {
        verbatim: false,
        shared_words: at.share,
        place: place(&at.source, &at.text, at.span),
        difference: at.difference.iter().map(piece).collect(),
        quotation: at.said.as_ref().map(|it| said(&at.source, &at.text, it)),
    });
    Ok(QuotationAnswer {
        verbatim: check.verbatim(),
        exact: check.exact(),
        evened_out: ["quotation marks", "dashes", "white space"],
        places: places.collect(),
        more_places: check.more,
        complete: check.complete,
        near: near.collect(),
    })
}

fn piece(piece: &checking::Piece) -> Piece {
    let kind = match piece.kind {
        PieceKind::Same => "same",
        PieceKind::Asked => "only-asked",
        PieceKind::There => "only-there",
    };
    Piece { kind, text: piece.words.clone() }
}

/// What is said to be so.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimAsked {
    /// One sentence.
    sentence: String,
    /// From 1 to 50; 5 where nothing is said.
    limit: Option<usize>,
}

/// What reports tell that is nearest.
#[derive(Serialize, ToSchema)]
pub(super) struct ClaimAnswer {
    /// What this answer is and is not.
    what_this_is: &'static str,
    /// The nearest claims first.
    claims: Vec<NearClaim>,
    /// The differences that touch these claims.
    discrepancies: Vec<Discrepancy>,
}

/// A claim that shares words with the sentence; whether it says the same is for the reader.
#[derive(Serialize, ToSchema)]
struct NearClaim {
    claim: Claim,
    /// The share of the telling words of the sentence that it has.
    shared_words: f64,
    /// The differences that touch it, as places in discrepancies, from 0.
    disputed_in: Vec<usize>,
    /// Whether what was found is about the articles of its story as they are now.
    up_to_date: bool,
}

const WHAT: &str = "A look-up by words of what reports tell, with how many independent origins \
tell it and what disagrees. Near claims may say something else, or the contrary: read them. It is \
no verdict on what is true, and that nothing is found says nothing.";

pub(super) fn claim(store: &Store, asked: ClaimAsked) -> Result<ClaimAnswer, Problem> {
    let limit = limit(asked.limit, 5)?;
    let check = check_claim(store, words("sentence", &asked.sentence)?, limit)?;
    let mut places = Places::new(store);
    let mut claims = Vec::new();
    for near in check.claims {
        claims.push(NearClaim {
            claim: told(&mut places, &near.claim)?,
            shared_words: near.share,
            disputed_in: near.disputes,
            up_to_date: near.up_to_date,
        });
    }
    let discrepancies = check.disputes.iter().map(|it| discrepancy(&mut places, it));
    let discrepancies = discrepancies.collect::<Result<Vec<Discrepancy>, Problem>>()?;
    Ok(ClaimAnswer { what_this_is: WHAT, claims, discrepancies })
}
