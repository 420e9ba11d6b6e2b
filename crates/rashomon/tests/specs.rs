//! The literate specs in `specs/`, drawn with what the program finds.

mod drawings;

use std::path::Path;

/// One test for each file, so that a failure names its analysis.
macro_rules! specs {
    ($($name:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(concat!("../../specs/", stringify!($name), ".md"));
            rashomon_spec::check(file, drawings::find);
        }
    )*};
}

specs!(
    changes,
    circumstances,
    claims,
    discrepancies,
    entities,
    lineage,
    names,
    omissions,
    quantities,
    quotations,
    reading,
    sentences,
    stories,
    times,
    utterances
);
