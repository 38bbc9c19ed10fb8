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
pub use simd::Kernel;

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
    Words { blocks: Blocks::new(kernel, text), base: 0, bounds: 0, starts: 0, open: 0, open_is_word: false }
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
    /// Its boundaries.
    bounds: u64,
    /// Its boundaries at which a word starts, less those that were handed out.
    starts: u64,
    /// Where the last segment of the current block starts: the next block ends it.
    open: usize,
    open_is_word: bool,
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.starts != 0 {
                let start = self.starts.trailing_zeros();
                self.starts &= self.starts - 1;
                let later = self.bounds & (!1 << start);
                if later != 0 {
                    let end = self.base + later.trailing_zeros() as usize;
                    let start = self.base + start as usize;
                    return Some((start, &self.blocks.text[start..end]));
                }
                // The open segment.
            }
            if let Some((start, end)) = self.next_block()? {
                return Some((start, &self.blocks.text[start..end]));
            }
        }
    }
}

impl Words<'_> {
    /// Goes on to the next block. Gives the open segment if it ended and is a word; `None` at the end of the text.
    #[inline]
    fn next_block(&mut self) -> Option<Option<(usize, usize)>> {
        let open = self.open;
        let Some((base, block)) = self.blocks.next() else {
            let is_word = std::mem::take(&mut self.open_is_word);
            return is_word.then_some(Some((open, self.blocks.text.len())));
        };
        let Block { bounds, wordy, .. } = block;
        self.base = base;
        self.bounds = bounds;
        if bounds == 0 {
            self.starts = 0;
            self.open_is_word |= wordy != 0;
            return Some(None);
        }
        let first = bounds & bounds.wrapping_neg();
        let was_word = self.open_is_word | (wordy & (first - 1) != 0);
        self.starts = word_starts(bounds, wordy);
        let last = 63 - bounds.leading_zeros();
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
        let at = late.trailing_zeros();
        let below = bounds & ((1 << at) - 1);
        if below != 0 {
            let start = 1 << (63 - below.leading_zeros());
            if unsure & start != 0 {
                starts |= start;
            }
        }
        late &= late - 1;
    }
    starts
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
                let end = self.base + self.bounds.trailing_zeros() as usize;
                self.bounds &= self.bounds - 1;
                // The first boundary is the start of the text, with nothing before it.
                if end == 0 {
                    continue;
                }
                self.open = end;
                return Some((start, &self.blocks.text[start..end]));
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
struct Blocks<'t> {
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
    fn new(kernel: Kernel, text: &'t str) -> Blocks<'t> {
        Blocks { text, kernel, at: 0, state: rules::AFTER_LINE, masks: Masks::default() }
    }

    /// The next run and where it starts.
    #[inline]
    fn next(&mut self) -> Option<(usize, Block)> {
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
                return Some((at, Block { len, bounds: found.bounds & keep, wordy: found.wordy & keep }));
            }
            return Some((at, self.stretch(found.hard)));
        }
        if rest.is_empty() { None } else { Some((at, self.tail())) }
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
            return Block { len, bounds: found.bounds & keep, wordy: found.wordy & keep };
        }
        self.stretch(found.hard)
    }
}
