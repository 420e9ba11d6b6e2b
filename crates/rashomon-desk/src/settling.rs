use crate::Error;
use crate::desk::Desk;
use crate::keeping::{begin, correct, link};
use crate::monitor::Monitor;
use crate::report::Report;
use crate::restoring::keep_state;

impl Desk {
    /// Looks once more at the stories that changed, now that no more articles are at hand.
    pub(crate) fn settle(
        &mut self,
        monitor: &dyn Monitor,
        report: &mut Report,
    ) -> Result<(), Error> {
        if report.new == 0 || monitor.stopped() {
            return Ok(());
        }
        self.whole()?;
        self.is_whole = false;
        let mut batch = begin(&mut self.store, &mut self.stream, &mut self.others, &self.options)?;
        let (corrections, links) = self.stream.settle();
        correct(&mut batch, &corrections, report)?;
        link(&mut batch, &links)?;
        keep_state(&mut batch, &self.stream)?;
        batch.commit()?;
        self.is_whole = true;
        Ok(())
    }
}
