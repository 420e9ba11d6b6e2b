//! How SQLite goes about the lists of pages: along an index, without sorting, so that a page costs
//! what it shows and not what the store holds.

use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;

use crate::query::Query;
use crate::stories::{StoryFilter, StoryOrder, list};
use crate::{Store, alerts, changes, disputes, outlets, remarks, standing};

/// What SQLite says that it will do.
fn plan(sql: &str, cells: Vec<Cell>) -> String {
    let store = Store::in_memory().unwrap();
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let mut statement = store.sql.connection.prepare(&sql).unwrap();
    let cells = cells.into_iter().chain(std::iter::repeat(Cell::Null));
    let cells: Vec<Cell> = cells.take(statement.parameter_count()).collect();
    let rows = statement.query_map(params_from_iter(cells), |row| row.get::<_, String>(3)).unwrap();
    rows.collect::<rusqlite::Result<Vec<String>>>().unwrap().join("\n")
}

#[test]
fn lists_of_findings_follow_an_index() {
    let table = [
        (disputes::NEWEST, "dispute USING INDEX dispute_conflict"),
        (remarks::OF_STORIES, "remark USING INDEX remark_who"),
        (remarks::OF_ARTICLES, "q USING INDEX quotation_who"),
        (remarks::OF_ARTICLES, "v USING COVERING INDEX variant_article"),
        (standing::ALONE, "alone USING INDEX alone_outlet"),
        (standing::LEFT_OUT, "l USING INDEX left_out_outlet"),
        (outlets::OF_OUTLET, "article USING INDEX article_outlet"),
        (changes::SINCE, "article USING INTEGER PRIMARY KEY"),
        (alerts::DUE, "l USING INDEX alert_due"),
    ];
    for (sql, way) in table {
        let plan = plan(sql, Vec::new());
        assert!(plan.contains(&format!("SEARCH {way}")), "{sql}\n{plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{sql}\n{plan}");
    }
    let all = format!("{} GROUP BY outlet COLLATE NOCASE", outlets::ARTICLES);
    assert!(plan(&all, Vec::new()).contains("SCAN article USING COVERING INDEX article_outlet"));
}

#[test]
fn lists_of_stories_follow_the_index_of_their_order() {
    let disputed = StoryFilter { disputed: true, ..StoryFilter::default() };
    let all = StoryFilter::default();
    let table = [
        (&all, StoryOrder::Newest, "story_last"),
        (&all, StoryOrder::Begun, "story_first"),
        (&all, StoryOrder::Articles, "story_articles"),
        (&all, StoryOrder::Outlets, "story_outlets"),
        (&all, StoryOrder::Origins, "story_origins"),
        (&all, StoryOrder::Conflicts, "story_conflicts"),
        (&disputed, StoryOrder::Newest, "story_disputed"),
    ];
    for (filter, order, index) in table {
        for after in [None, Some("0.1.1")] {
            let (sql, cells) = list(filter, order, 9, after).unwrap();
            let plan = plan(&sql, cells);
            assert!(plan.contains(&format!("s USING INDEX {index}")), "{sql}\n{plan}");
            assert!(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "{sql}\n{plan}");
        }
    }
    // Words cost what they find: the stories of the hits are looked up, and sorted.
    let query = Some(Query::parse("strike").unwrap());
    let filter = StoryFilter { query, ..StoryFilter::default() };
    let (sql, cells) = list(&filter, StoryOrder::Newest, 9, None).unwrap();
    let plan = plan(&sql, cells);
    assert!(plan.contains("SEARCH s USING INTEGER PRIMARY KEY"), "{sql}\n{plan}");
}
