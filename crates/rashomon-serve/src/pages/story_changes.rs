//! Changes by hand: what the engine grouped, put right.

use axum::extract::{Path, RawForm, State};
use axum::response::Redirect;
use rashomon_desk::store::ArticleNumber;

use super::failure::Failure;
use super::pieces::story_address;
use super::story::story_number;
use crate::problem::Problem;
use crate::state::Office;

/// What a form of changes carries.
struct Wish(Vec<(String, String)>);

impl Wish {
    fn read(form: &[u8]) -> Wish {
        Wish(url::form_urlencoded::parse(form).into_owned().collect())
    }

    fn articles(&self) -> Result<Vec<ArticleNumber>, Problem> {
        let names = self.0.iter().filter(|(name, _)| name == "article").map(|(_, value)| value);
        let articles: Vec<ArticleNumber> =
            names.map(|name| article_number(name)).collect::<Result<_, _>>()?;
        if articles.is_empty() {
            return Err(Problem::new("bad-value", "choose the reports first"));
        }
        Ok(articles)
    }

    fn names_another(&self) -> bool {
        self.0.iter().any(|(name, value)| name == "into" && !value.trim().is_empty())
    }

    fn story(&self, field: &str) -> Result<u64, Problem> {
        let name = self.0.iter().find(|(name, _)| name == field).map(|(_, value)| value.trim());
        match name {
            Some(name) if !name.is_empty() => story_number(name),
            _ => Err(Problem::new("bad-value", "name the other story, like s12")),
        }
    }
}

/// `a17` as a number.
pub(crate) fn article_number(name: &str) -> Result<ArticleNumber, Problem> {
    let digits = name.strip_prefix('a').unwrap_or(name);
    let wrong = || format!("{name}: articles are called a1, a2 and so on");
    digits.parse().map_err(|_| Problem::new("not-found", wrong()))
}

pub(crate) async fn split(
    State(office): State<Office>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Result<Redirect, Failure> {
    let wish = Wish::read(&form);
    if wish.names_another() {
        // Enter in the field of the other story presses the first button; the move is meant.
        return pin(State(office), Path(name), RawForm(form)).await;
    }
    let (story, articles) = (story_number(&name)?, wish.articles()?);
    let split = move |desk: &mut rashomon_desk::Desk| {
        let new = desk.split(story, &articles)?;
        Ok((new, vec![story, new]))
    };
    let new = office.newsroom.ask(split).await?;
    Ok(Redirect::to(&story_address(new)))
}

pub(crate) async fn merge(
    State(office): State<Office>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Result<Redirect, Failure> {
    let (a, b) = (story_number(&name)?, Wish::read(&form).story("with")?);
    let merge = move |desk: &mut rashomon_desk::Desk| {
        let stays = desk.merge(a, b)?;
        Ok((stays, vec![a, b]))
    };
    let stays = office.newsroom.ask(merge).await?;
    Ok(Redirect::to(&story_address(stays)))
}

pub(crate) async fn pin(
    State(office): State<Office>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Result<Redirect, Failure> {
    let wish = Wish::read(&form);
    let (from, articles, into) = (story_number(&name)?, wish.articles()?, wish.story("into")?);
    let pin = move |desk: &mut rashomon_desk::Desk| {
        desk.pin(&articles, into)?;
        Ok(((), vec![from, into]))
    };
    office.newsroom.ask(pin).await?;
    Ok(Redirect::to(&story_address(into)))
}

/// Takes a decision back, and shows the story to which something came back.
pub(crate) async fn undo(
    State(office): State<Office>,
    Path(number): Path<u64>,
) -> Result<Redirect, Failure> {
    let undo = move |desk: &mut rashomon_desk::Desk| {
        let undone = desk.undo(number)?;
        let into = undone.back.first().map(|(_, story)| *story).or(undone.decision.into);
        let touched: Vec<u64> = undone.back.iter().map(|(_, story)| *story).chain(into).collect();
        Ok((into, touched))
    };
    let into = office.newsroom.ask(undo).await?;
    Ok(Redirect::to(&into.map_or_else(|| "/".to_owned(), story_address)))
}
