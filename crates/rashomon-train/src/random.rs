//! Numbers drawn from a fixed seed.

/// A generator of the SplitMix64 family (Steele, Lea & Flood, OOPSLA 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Near enough to the normal distribution for first weights: the sum of twelve (Irwin-Hall),
    /// which needs no function that differs from machine to machine.
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }

    pub fn shuffle(&mut self, items: &mut [usize]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }

    /// Zero for a share of the places, and for the others what keeps the mean.
    pub fn mask(&mut self, length: usize, share: f32) -> Vec<f32> {
        let kept = (1.0 - share).recip();
        (0..length).map(|_| if self.unit() < share { 0.0 } else { kept }).collect()
    }
}
