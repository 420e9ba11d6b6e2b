/*!
The remarks of a comparison as a critical apparatus: TEI P5, chapter 12, by the method of parallel
segmentation.

Reports are the witnesses. What all tellings of a remark have stands in the text; where they part,
an `<app>` has a `<rdg>` for each reading with the witnesses that read so. None of them is called
the right one: there is no `<lem>`. A telling that begins later or ends earlier than the others
says so by `<witStart/>` and `<witEnd/>`. Every word of a reading is a word of its witnesses; what
a report retells in its own words is a note, not a reading.

```
let document = rashomon_show::tei::edition(&[]);
assert!(document.contains("<variantEncoding method=\"parallel-segmentation\""));
```
*/

mod apparatus;
mod header;
mod xml;

use rashomon_article::Story;

use xml::Xml;

/// A comparison as a TEI document.
pub fn edition(stories: &[Story]) -> String {
    let mut xml = Xml::new();
    xml.document("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")], |xml| {
        header::header(xml, stories);
        xml.lines("text", &[], |xml| {
            xml.lines("body", &[], |xml| {
                for (at, story) in stories.iter().enumerate() {
                    apparatus::story(xml, &prefix(at), story);
                }
                if stories.is_empty() {
                    xml.text_element("p", &[], "No report to compare.");
                }
            });
        });
    });
    xml.finish()
}

/// What the ids of a story begin with.
fn prefix(story: usize) -> String {
    format!("s{}", story + 1)
}

/// The siglum of a telling: that of its report, and from the second telling of one remark in one
/// report on, a number behind it.
fn siglum(prefix: &str, article: usize, time: usize) -> String {
    let witness = format!("{prefix}.w{}", article + 1);
    if time == 0 { witness } else { format!("{witness}.{}", time + 1) }
}
