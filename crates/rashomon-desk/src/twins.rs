//! One article at two addresses.

use jiff::SignedDuration;
use rashomon_store::{ArticleNumber, Batch};

use crate::Error;
use crate::draft::Draft;
use crate::identity::{address, is_of_address};

/// A text of fewer words says the same on other days: a notice, a table, a page that asks to pay.
const LEAST_WORDS: usize = 50;

/// Farther apart in time, the same words are another article.
const APART: SignedDuration = SignedDuration::from_hours(48);

/// The article that one is, word for word, at another address of the same outlet. Notes that it
/// stands there too.
pub(crate) fn twin(
    batch: &mut Batch<'_>,
    draft: &Draft,
    at: jiff::Timestamp,
) -> Result<Option<ArticleNumber>, Error> {
    let article = &draft.document.article;
    let (Some(outlet), Some(address)) = (&article.outlet, address(article)) else {
        return Ok(None);
    };
    if article.text.as_str().split_whitespace().count() < LEAST_WORDS {
        return Ok(None);
    }
    let twins = batch.twins(outlet, &draft.digest)?;
    let found = twins
        .into_iter()
        .find(|twin| is_of_address(&twin.key) && twin.at.duration_since(at).abs() <= APART);
    let Some(found) = found else { return Ok(None) };
    batch.stands_at(found.article, &draft.key, address)?;
    Ok(Some(found.article))
}
