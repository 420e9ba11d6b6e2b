//! A hash table that lies ready in bytes, so that nothing is built when the program starts.

/// An empty slot.
const EMPTY: u32 = 0;

/// A 32-bit hash of a feature: a template and the words it holds (FNV-1a with a final mix).
pub fn hash(template: u32, parts: &[&str]) -> u32 {
    let mut state =
        0xcbf2_9ce4_8422_2325u64 ^ u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for part in parts {
        for byte in part.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        state = (state ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state ^= state >> 29;
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let folded = (state >> 32) as u32;
    if folded == EMPTY { 1 } else { folded }
}

/// Open addressing over pairs of hash and value, eight bytes a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'m> {
    bytes: &'m [u8],
    mask: usize,
}

impl<'m> Table<'m> {
    /// A table over bytes whose length is a power of two of slots.
    pub(crate) fn new(bytes: &'m [u8]) -> Option<Table<'m>> {
        let slots = bytes.len() / 8;
        (slots.is_power_of_two() && bytes.len().is_multiple_of(8))
            .then(|| Table { bytes, mask: slots - 1 })
    }

    /// The value of a hash.
    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        let mut slot = key as usize & self.mask;
        for _ in 0..=self.mask {
            let at = slot * 8;
            let found = read_u32(self.bytes, at)?;
            if found == key {
                return read_u32(self.bytes, at + 4);
            }
            if found == EMPTY {
                return None;
            }
            slot = (slot + 1) & self.mask;
        }
        None
    }

    /// The bytes of a table of some pairs, at most seven tenths full. Pairs come in order.
    pub(crate) fn build(pairs: &[(u32, u32)]) -> Vec<u8> {
        let slots = (pairs.len() * 10 / 7 + 2).next_power_of_two();
        let mut bytes = vec![0; slots * 8];
        for &(key, value) in pairs {
            let mut slot = key as usize & (slots - 1);
            while bytes[slot * 8..slot * 8 + 4] != EMPTY.to_le_bytes() {
                slot = (slot + 1) & (slots - 1);
            }
            bytes[slot * 8..slot * 8 + 4].copy_from_slice(&key.to_le_bytes());
            bytes[slot * 8 + 4..slot * 8 + 8].copy_from_slice(&value.to_le_bytes());
        }
        bytes
    }
}

pub(crate) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_found_again() {
        let pairs: Vec<(u32, u32)> =
            (0..1000u32).map(|i| (hash(1, &[&i.to_string()]), i)).collect();
        let bytes = Table::build(&pairs);
        let table = Table::new(&bytes).expect("a power of two");
        for (key, value) in pairs {
            assert_eq!(table.get(key), Some(value));
        }
        assert_eq!(table.get(hash(2, &["1"])), None);
    }
}
