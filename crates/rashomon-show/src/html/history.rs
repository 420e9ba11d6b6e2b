//! A figure over time: when each report was published, and what it gives.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, Discrepancy, DiscrepancyKind, Passage, Published, Verdict};

use rashomon_text::Span;

use super::pieces::{number, teller};
use super::scale::{Stated, comparable, frame, quantity_at, state};
use super::view::{View, moment};

/// The height of the picture, and of the part of it that holds the points, in pixels.
const HEIGHT: f64 = 160.0;
const TOP: f64 = 18.0;
const FLOOR: f64 = 130.0;
/// Where the first and the last report stand, in hundredths of the width. The values are written
/// to the left.
const FIRST: f64 = 24.0;
const LAST: f64 = 96.0;
/// Values nearer to each other than this many pixels are not both written.
const APART: f64 = 16.0;
/// Dates nearer to each other than this many hundredths of the width are not both written.
const TICKS: f64 = 27.0;
/// A value is cut to this many characters.
const LABEL: usize = 16;
/// More points than this are left to the mouse; the list leads to the same words.
const STOPS: usize = 16;

/// A figure of a report that is dated.
struct Point {
    passage: Passage,
    side: usize,
    published: Published,
    /// Seconds since 1970; a bare day counts as its noon.
    time: f64,
    stated: Stated,
    /// The number with its unit.
    number: Span,
    /// Where it stands in the picture.
    x: f64,
}

/// The chart, where dated reports give at least two figures at two times that can be held against
/// each other. Numbers and bounds are those of the quantities that the sides mention.
pub(super) fn history(view: &View<'_>, key: &str, discrepancy: &Discrepancy) -> Option<Markup> {
    let figures = [DiscrepancyKind::Quantity, DiscrepancyKind::Duration, DiscrepancyKind::Update];
    if !figures.contains(&discrepancy.kind) {
        return None;
    }
    let mut points = points(view, discrepancy)?;
    let (from, to) = (points.first()?.time, points.last()?.time);
    let values: BTreeSet<String> =
        points.iter().map(|point| format!("{:?}", (point.stated.low, point.stated.high))).collect();
    if to <= from || values.len() < 2 {
        return None;
    }
    for point in &mut points {
        point.x = FIRST + (LAST - FIRST) * (point.time - from) / (to - from);
    }
    let stated: Vec<Option<Stated>> = points.iter().map(|point| Some(point.stated)).collect();
    let (low, high) = frame(&stated)?;
    Some(Chart { view, key, discrepancy, points, low, high }.draw())
}

/// The figures in the order of time, one for each report and value; `None` where two of them
/// cannot be held against each other.
fn points(view: &View<'_>, discrepancy: &Discrepancy) -> Option<Vec<Point>> {
    let mut points: Vec<Point> = Vec::new();
    let mut first = None;
    let mut seen: BTreeSet<(ArticleIndex, usize)> = BTreeSet::new();
    for (at, side) in discrepancy.sides.iter().enumerate() {
        for &passage in &side.mentions {
            let Some(published) = view.document(passage.article).article.published else {
                continue;
            };
            let Some(quantity) = quantity_at(view, passage, &side.value) else { continue };
            if !comparable(first.get_or_insert(quantity), quantity) {
                return None;
            }
            let Some(stated) = state(quantity) else { continue };
            if seen.insert((passage.article, at)) {
                let time = seconds(published);
                let number = Span::new(quantity.number.start(), quantity.span.end());
                points.push(Point { passage, side: at, published, time, stated, number, x: 0.0 });
            }
        }
    }
    points.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.passage.cmp(&b.passage)));
    Some(points)
}

fn seconds(published: Published) -> f64 {
    let instant = published.instant().as_second() as f64;
    match published {
        Published::Instant { .. } => instant,
        Published::Day(_) => instant + 12.0 * 3600.0,
    }
}

struct Chart<'v, 's> {
    view: &'v View<'s>,
    key: &'v str,
    discrepancy: &'v Discrepancy,
    /// In the order of time.
    points: Vec<Point>,
    /// The ends of the scale of values.
    low: f64,
    high: f64,
}

impl Chart<'_, '_> {
    fn y(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        FLOOR - (FLOOR - TOP) * share
    }

    fn draw(&self) -> Markup {
        let timed = self.points.iter().any(|p| matches!(p.published, Published::Instant { .. }));
        let name = format!("{} over time", self.discrepancy.about);
        html! {
            figure.history {
                svg.history-chart role="group" aria-label=(name) {
                    @for (value, y) in self.values() {
                        line.history-grid x1="0" x2="100%" y1=(px(y)) y2=(px(y)) {}
                        text.value-mark x="0" y=(px(y - 4.0)) { (value) }
                    }
                    line.history-axis x1="0" x2="100%" y1=(px(FLOOR)) y2=(px(FLOOR)) {}
                    @for (x, anchor, label) in self.ticks() {
                        text x=(percent(x)) y=(px(HEIGHT - 8.0)) text-anchor=(anchor) { (label) }
                    }
                    @if self.discrepancy.verdict == Verdict::Update { (self.course()) }
                    @for stack in self.stacks() { (self.stack(&stack)) }
                }
                figcaption {
                    "By the time of publication" @if timed { " (UTC)" } ". "
                    @if self.points.iter().any(|point| point.stated.low < point.stated.high || open(point)) {
                        "An upright stroke spans what the words leave open."
                    }
                }
                details.tellings {
                    summary { "As a list of " (number(self.points.len(), "figure")) }
                    ol { @for point in &self.points { (self.item(point)) } }
                }
            }
        }
    }

    /// The numbers of the sides in the words of a report, the most told first, with their height;
    /// of those that would stand upon each other only one.
    fn values(&self) -> Vec<(String, f64)> {
        let mut told = vec![0usize; self.discrepancy.sides.len()];
        self.points.iter().for_each(|point| told[point.side] += 1);
        let mut sides: Vec<usize> = (0..told.len()).filter(|&side| told[side] > 0).collect();
        sides.sort_by_key(|&side| std::cmp::Reverse(told[side]));
        let mut values: Vec<(String, f64)> = Vec::new();
        for side in sides {
            let Some(point) = self.points.iter().find(|point| point.side == side) else { continue };
            let y = self.y(middle(point.stated));
            if values.iter().all(|(_, other)| (other - y).abs() >= APART) {
                let words = self.view.words(Passage { span: point.number, ..point.passage });
                let cut = words.char_indices().nth(LABEL);
                let label = cut.map_or(words.to_owned(), |(cut, _)| format!("{}…", &words[..cut]));
                values.push((label, y));
            }
        }
        values
    }

    /// Where times are written on the axis: the first, the last, and what has room between them.
    fn ticks(&self) -> Vec<(f64, &'static str, String)> {
        let days: BTreeSet<_> = self.points.iter().map(|point| utc(point).0).collect();
        let label = |point: &Point| {
            let (day, clock) = utc(point);
            let day = day.strftime("%-d %b").to_string();
            match clock {
                Some(clock) if days.len() == 1 => clock,
                Some(clock) if days.len() < 4 => format!("{day}, {clock}"),
                _ => day,
            }
        };
        let mut ticks: Vec<(f64, &'static str, String)> = Vec::new();
        for point in &self.points {
            let after = ticks.last().is_none_or(|(x, ..)| point.x - x >= TICKS);
            if after && (point.x == FIRST || LAST - point.x >= TICKS) {
                let anchor = if point.x == FIRST { "start" } else { "middle" };
                ticks.push((point.x, anchor, label(point)));
            }
        }
        if let Some(last) = self.points.last() {
            ticks.push((LAST, "end", label(last)));
        }
        let mut written = BTreeSet::new();
        ticks.retain(|(_, _, label)| written.insert(label.clone()));
        ticks
    }

    /// The largest figure of each time, one after the other, where a later one brings the earlier
    /// up to date; nothing where they go up and down.
    fn course(&self) -> Markup {
        let mut tops: Vec<(f64, f64)> = Vec::new();
        for point in &self.points {
            let y = self.y(middle(point.stated));
            match tops.last_mut() {
                Some((x, top)) if *x == point.x => *top = top.min(y),
                _ => tops.push((point.x, y)),
            }
        }
        let rises = tops.windows(2).all(|pair| pair[0].1 >= pair[1].1);
        let falls = tops.windows(2).all(|pair| pair[0].1 <= pair[1].1);
        if !rises && !falls {
            return html! {};
        }
        html! {
            @for pair in tops.windows(2) {
                line.history-line x1=(percent(pair[0].0)) y1=(px(pair[0].1)) x2=(percent(pair[1].0)) y2=(px(pair[1].1)) {}
            }
        }
    }

    /// Points that would cover each other.
    fn stacks(&self) -> Vec<Vec<&Point>> {
        let mut stacks: BTreeMap<(i64, i64), Vec<&Point>> = BTreeMap::new();
        for point in &self.points {
            let place = (point.x.round() as i64, self.y(middle(point.stated)).round() as i64);
            stacks.entry(place).or_default().push(point);
        }
        stacks.into_values().collect()
    }

    fn stack(&self, stack: &[&Point]) -> Markup {
        let point = stack[0];
        let y = self.y(middle(point.stated));
        let radius = 5.5 + 1.2 * (stack.len() as f64).ln();
        let (near, far) = (self.y(point.stated.low), self.y(point.stated.high));
        let x = percent(point.x);
        let tab = (self.points.len() > STOPS).then_some("-1");
        html! {
            a.(self.view.hue(point.passage.article)) href=(self.view.href(point.passage)) data-k=(self.key)
                aria-label=(self.name(stack)) tabindex=[tab] {
                title { (self.name(stack)) }
                @if near > far { line.history-whisker x1=(x) x2=(x) y1=(px(near)) y2=(px(far)) {} }
                @if point.stated.open.0 { line.history-whisker.open x1=(x) x2=(x) y1=(px(y)) y2=(px(FLOOR)) {} }
                @if point.stated.open.1 { line.history-whisker.open x1=(x) x2=(x) y1=(px(y)) y2="0" {} }
                circle.history-point cx=(x) cy=(px(y)) r=(format!("{radius:.1}")) {}
            }
        }
    }

    fn name(&self, stack: &[&Point]) -> String {
        let point = stack[0];
        let value = &self.discrepancy.sides[point.side].value;
        let outlet = &self.view.teller(point.passage.article).label;
        let more = match stack.len() {
            1 => String::new(),
            all => format!(" and {} more", all - 1),
        };
        format!("{value}, {}: {outlet}{more}", moment(point.published))
    }

    fn item(&self, point: &Point) -> Markup {
        let view = self.view;
        html! {
            li {
                time { (moment(point.published)) } ": "
                a.words href=(view.href(point.passage)) data-k=(self.key) dir="auto" { (self.discrepancy.sides[point.side].value) }
                " " (teller(view, self.key, point.passage))
            }
        }
    }
}

fn open(point: &Point) -> bool {
    point.stated.open.0 || point.stated.open.1
}

fn middle(stated: Stated) -> f64 {
    stated.low + (stated.high - stated.low) / 2.0
}

/// The day and, where it is known, the time of a point in UTC.
fn utc(point: &Point) -> (jiff::civil::Date, Option<String>) {
    match point.published {
        Published::Day(day) => (day, None),
        Published::Instant { at, .. } => {
            let time = jiff::tz::Offset::UTC.to_datetime(at);
            (time.date(), Some(time.strftime("%H:%M").to_string()))
        }
    }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}
