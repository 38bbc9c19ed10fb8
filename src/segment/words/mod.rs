//! Word boundaries by UAX #29, 64 bytes at a time.
//!
//! [`Blocks`] takes the text apart into runs of characters with a bit for each boundary in them; [`words`] and
//! [`word_bounds`] walk those bits. How a run is decided: `src/segment/README.md`.

mod masks;
mod portable;
mod rules;
mod simd;
#[rustfmt::skip]
mod tables;

use masks::Masks;
use rules::Block;
pub(super) use rules::is_alphabetic;
pub use simd::Kernel;
use simd::slice;

/// The words of `text` with their byte offsets: the segments of [`word_bounds`] that contain a letter or a digit
/// (Alphabetic, or General_Category Number).
///
/// ```
/// let words: Vec<_> = philippic::segment::words("Don't panic: 3.5 m!").collect();
/// assert_eq!(words, [(0, "Don't"), (6, "panic"), (13, "3.5"), (17, "m")]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    words_with(Kernel::best(), text)
}

/// Every segment between two UAX #29 word boundaries, with its byte offset; joined, they are `text`.
///
/// ```
/// let segments: Vec<_> = philippic::segment::word_bounds("Don't panic!").map(|(_, s)| s).collect();
/// assert_eq!(segments, ["Don't", " ", "panic", "!"]);
/// ```
pub fn word_bounds(text: &str) -> WordBounds<'_> {
    word_bounds_with(Kernel::best(), text)
}

/// [`words`] by a kernel of choice.
pub fn words_with(kernel: Kernel, text: &str) -> Words<'_> {
    Words { blocks: Blocks::new(kernel, text), base: 0, starts: 0, ends: 0, open: 0, open_is_word: false }
}

/// [`word_bounds`] by a kernel of choice.
pub fn word_bounds_with(kernel: Kernel, text: &str) -> WordBounds<'_> {
    WordBounds { blocks: Blocks::new(kernel, text), base: 0, bounds: 0, open: 0 }
}

/// Iterator of [`words`].
#[derive(Clone, Debug)]
pub struct Words<'t> {
    blocks: Blocks<'t>,
    /// Offset of the current block.
    base: usize,
    /// Where its words start, less those that were handed out, and where they end: as many bits in each.
    starts: u64,
    ends: u64,
    /// Where the last segment of the current block starts: a later block ends it.
    open: usize,
    open_is_word: bool,
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.ends == 0 {
            if let Some((start, end)) = self.next_block()? {
                return Some((start, slice(self.blocks.text, start, end)));
            }
        }
        let (start, end) = (self.base + lowest(self.starts), self.base + lowest(self.ends));
        self.starts &= self.starts.wrapping_sub(1);
        self.ends &= self.ends - 1;
        Some((start, slice(self.blocks.text, start, end)))
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, init: B, mut f: F) -> B {
        let text = self.blocks.text;
        let mut folded = init;
        loop {
            // The masks stay in registers.
            let (base, mut starts, mut ends) = (self.base, self.starts, self.ends);
            while ends != 0 {
                let (start, end) = (base + lowest(starts), base + lowest(ends));
                folded = f(folded, (start, slice(text, start, end)));
                starts &= starts.wrapping_sub(1);
                ends &= ends - 1;
            }
            match self.next_block() {
                Some(Some((start, end))) => folded = f(folded, (start, slice(text, start, end))),
                Some(None) => {}
                None => return folded,
            }
        }
    }
}

impl Words<'_> {
    /// Goes on to the next block. Gives the open segment if it ended and is a word; `None` at the end of the text.
    fn next_block(&mut self) -> Option<Option<(usize, usize)>> {
        let open = self.open;
        let Some((base, block)) = self.blocks.next() else {
            self.ends = 0;
            let is_word = std::mem::take(&mut self.open_is_word);
            return is_word.then_some(Some((open, self.blocks.text.len())));
        };
        let Block { bounds, wordy, .. } = block;
        self.base = base;
        if bounds == 0 {
            (self.starts, self.ends) = (0, 0);
            self.open_is_word |= wordy != 0;
            return Some(None);
        }
        let first = bounds & bounds.wrapping_neg();
        let was_word = self.open_is_word | (wordy & (first - 1) != 0);
        let last = 63 - bounds.leading_zeros();
        let starts = word_starts(bounds, wordy) & !(1 << last);
        self.starts = starts;
        self.ends = ends(bounds, starts);
        self.open = base + last as usize;
        self.open_is_word = wordy >> last != 0;
        Some(was_word.then_some((open, base + first.trailing_zeros() as usize)))
    }
}

/// The boundaries whose segment, as far as it lies in the block, has a bit of `wordy`.
#[inline]
fn word_starts(bounds: u64, wordy: u64) -> u64 {
    let mut starts = bounds & wordy;
    // Segments that do not start with a letter or digit, as `_a`: from their start a carry runs through the bytes that are
    // neither a start nor wordy, and comes out at a wordy byte or at the next start.
    let unsure = bounds & !wordy;
    let blank = !bounds & !wordy;
    let mut late = (unsure << 1).wrapping_add(blank) & !bounds & wordy;
    while late != 0 {
        let below = bounds & ((1 << late.trailing_zeros()) - 1);
        starts |= unsure & (1 << 63 >> (below | 1).leading_zeros());
        late &= late - 1;
    }
    starts
}

/// The number of the lowest bit; there is one. (Without that knowledge `trailing_zeros` is three instructions where the processor
/// may lack BMI.)
#[inline(always)]
pub(super) fn lowest(mask: u64) -> usize {
    (mask | 1 << 63).trailing_zeros() as usize
}

/// The boundary behind each of `starts`, which is not the last one.
#[inline]
fn ends(bounds: u64, starts: u64) -> u64 {
    // From each start a carry runs through the bytes without a boundary and comes out at the next one.
    let inside = !bounds;
    let next = starts << 1;
    ((next & inside).wrapping_add(inside) | next) & bounds
}

/// Iterator of [`word_bounds`].
#[derive(Clone, Debug)]
pub struct WordBounds<'t> {
    blocks: Blocks<'t>,
    /// Offset of the current block.
    base: usize,
    /// Its boundaries, less those that were handed out.
    bounds: u64,
    /// Where the next segment starts.
    open: usize,
}

impl<'t> Iterator for WordBounds<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let start = self.open;
        loop {
            if self.bounds != 0 {
                let end = self.base + lowest(self.bounds);
                self.bounds &= self.bounds - 1;
                // The first boundary is the start of the text, with nothing before it.
                if end == 0 {
                    continue;
                }
                self.open = end;
                return Some((start, slice(self.blocks.text, start, end)));
            }
            match self.blocks.next() {
                Some((base, block)) => (self.base, self.bounds) = (base, block.bounds),
                None if start < self.blocks.text.len() => {
                    self.open = self.blocks.text.len();
                    return Some((start, &self.blocks.text[start..]));
                }
                None => return None,
            }
        }
    }
}

/// The runs that a text is decided in: by the kernel where it knows all characters, else by the rules' table.
#[derive(Clone, Debug)]
pub(super) struct Blocks<'t> {
    text: &'t str,
    kernel: Kernel,
    /// Where the next run starts: always at a character.
    at: usize,
    state: rules::State,
    masks: Masks,
}

/// Bytes without a hard character that end a stretch of them, and that a kernel must decide to be worth its call.
const GAP: u32 = 16;

impl<'t> Blocks<'t> {
    pub(super) fn new(kernel: Kernel, text: &'t str) -> Blocks<'t> {
        Blocks { text, kernel, at: 0, state: rules::AFTER_LINE, masks: Masks::default() }
    }

    /// The next run and where it starts.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(usize, Block)> {
        let at = self.at;
        let rest = &self.text.as_bytes()[at..];
        if let Some(window) = rest.first_chunk::<64>() {
            self.kernel.classify(window, &mut self.masks);
            let found = masks::boundaries(&self.masks, self.state);
            if found.end >= GAP && rules::is_plain(self.state) {
                let len = found.end as usize;
                let keep = u64::MAX >> (64 - found.end);
                self.state = masks::state_after(window, len, found.wordy);
                self.at = at + len;
                return Some((at, self.decided(len, keep, &found)));
            }
            return Some((at, self.stretch(found.hard)));
        }
        if rest.is_empty() { None } else { Some((at, self.tail())) }
    }

    #[inline(always)]
    fn decided(&self, len: usize, keep: u64, found: &masks::Found) -> Block {
        let (letters, spaces) = (self.masks.letters & keep, self.masks.spaces & keep);
        Block { len, bounds: found.bounds & keep, wordy: found.wordy & keep, letters, spaces }
    }

    /// The run that holds the hard characters at the start of the window.
    #[inline(never)]
    fn stretch(&mut self, hard: u64) -> Block {
        // Spread over the gap, the bytes before the first free one are the stretch.
        let mut near = hard | hard << 1;
        near |= near << 2;
        near |= near << 4;
        near |= near << 8;
        near |= (1 << GAP) - 1;
        let free = near.trailing_ones();
        let limit = match hard & (u64::MAX >> (64 - free)) {
            // The window is hard to its end.
            _ if free == 64 => 64,
            // A state that the kernel does not know: one character leads out of it.
            0 => 1,
            hard => 64 - hard.leading_zeros(),
        };
        let block = rules::stretch(&self.text.as_bytes()[self.at..], limit as usize, &mut self.state);
        self.at += block.len;
        block
    }

    /// The next run of the last bytes of the text, fewer than 64.
    #[inline(never)]
    fn tail(&mut self) -> Block {
        let rest = &self.text.as_bytes()[self.at..];
        let mut window = [0; 64];
        window[..rest.len()].copy_from_slice(rest);
        self.kernel.classify(&window, &mut self.masks);
        let found = masks::boundaries(&self.masks, self.state);
        let len = rest.len().min(found.end as usize);
        if (len == rest.len() || found.end >= GAP) && rules::is_plain(self.state) {
            let keep = (1 << len) - 1;
            self.state = masks::state_after(&window, len, found.wordy);
            self.at += len;
            return self.decided(len, keep, &found);
        }
        self.stretch(found.hard)
    }
}
