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
use simd::{Apart, slice};
pub(super) use simd::{Classify, Task};

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
    Words { kernel, blocks: Blocks::new(text), ready: Ready::default(), open: Some(0), open_is_word: false }
}

/// [`word_bounds`] by a kernel of choice.
pub fn word_bounds_with(kernel: Kernel, text: &str) -> WordBounds<'_> {
    WordBounds { kernel, blocks: Blocks::new(text), base: 0, bounds: 0, open: 0 }
}

/// Iterator of [`words`]. Its `fold`, and so `for_each`, `count` and the like, are faster than a loop over `next`.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    kernel: Kernel,
    blocks: Blocks<'t>,
    ready: Ready,
    /// Where the last segment of the blocks so far starts, which a later block ends. `None` if it is no word and nobody asked yet.
    open: Option<usize>,
    open_is_word: bool,
}

/// The words of the current block that were not handed out.
#[derive(Clone, Copy, Debug, Default)]
struct Ready {
    /// Offset of the block.
    base: usize,
    /// Where its words start and end: as many bits in each.
    starts: u64,
    ends: u64,
}

impl Ready {
    #[inline(always)]
    fn pop(&mut self) -> (usize, usize) {
        let word = (self.base + lowest(self.starts), self.base + lowest(self.ends));
        self.starts &= self.starts.wrapping_sub(1);
        self.ends &= self.ends.wrapping_sub(1);
        word
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.ends == 0 {
            if let Some((start, end)) = self.next_block(self.kernel)? {
                return Some((start, slice(self.blocks.text, start, end)));
            }
        }
        let (start, end) = self.ready.pop();
        Some((start, slice(self.blocks.text, start, end)))
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {
        self.kernel.run(Fold { from: self, init, f })
    }
}

/// `fold` as a task.
struct Fold<I, B, F> {
    from: I,
    init: B,
    f: F,
}

impl<'t, B, F: FnMut(B, (usize, &'t str)) -> B> Task for Fold<Words<'t>, B, F> {
    type Output = B;

    #[inline(always)]
    fn run(self, kernel: impl Classify) -> B {
        let Fold { from: mut words, init: mut folded, mut f } = self;
        let text = words.blocks.text;
        loop {
            // The masks stay in registers.
            let mut ready = words.ready;
            while ready.ends != 0 {
                let (start, end) = ready.pop();
                folded = f(folded, (start, slice(text, start, end)));
            }
            match words.next_block(kernel) {
                Some(Some((start, end))) => folded = f(folded, (start, slice(text, start, end))),
                Some(None) => {}
                None => return folded,
            }
        }
    }
}

impl Words<'_> {
    /// Goes on to the next block. Gives the open segment if it ended and is a word; `None` at the end of the text.
    #[inline(always)]
    fn next_block(&mut self, kernel: impl Classify) -> Option<Option<(usize, usize)>> {
        let at = self.blocks.at;
        let Some(window) = self.blocks.text.as_bytes()[at..].first_chunk::<64>() else { return self.other_blocks(kernel) };
        let mut masks = Masks::default();
        kernel.classify(window, &mut masks);
        let found = masks::cores(&masks, self.blocks.state);
        if !self.blocks.is_decided(&found) {
            let block = self.blocks.stretch(found.hard);
            return Some(self.take_block(at, block));
        }
        // `_` joins, but makes no word.
        if masks.underscores != 0 || self.blocks.state == rules::AFTER_EXTEND_NUM_LET {
            return self.other_blocks(kernel);
        }
        let len = found.end as usize;
        let core = found.core & (u64::MAX >> (64 - found.end));
        self.blocks.state = masks::state_after(window, len, found.wordy);
        self.blocks.at = at + len;
        // A segment that ends in a letter or digit is a word, and goes on with the first byte if that is one.
        let shifted = core << 1 | found.core_before;
        let mut starts = core & !shifted;
        let mut ends = !core & shifted & (u64::MAX >> (64 - found.end));
        let mut done = None;
        if found.core_before != 0 {
            // There are a few letters that make no word alone.
            self.open_is_word |= core & 1 != 0;
            if ends == 0 {
                self.ready.ends = 0;
                return Some(None);
            }
            done = self.open.filter(|_| self.open_is_word).map(|open| (open, at + lowest(ends)));
            ends &= ends.wrapping_sub(1);
        } else if self.open_is_word {
            // It ended in a character that makes a word and joins with nothing here: an ideograph.
            done = self.open.map(|open| (open, at));
        }
        self.open_is_word = core >> (len - 1) & 1 != 0;
        self.open = None;
        if self.open_is_word {
            let last = 63 - starts.leading_zeros() as usize;
            self.open = Some(at + last);
            starts &= !(1 << last);
        }
        self.ready = Ready { base: at, starts, ends };
        Some(done)
    }

    /// The end of the text, and what is too rare for the loop: with the masks that only tokens need, it would cost all others.
    #[cold]
    #[inline(never)]
    fn other_blocks(&mut self, kernel: impl Classify) -> Option<Option<(usize, usize)>> {
        self.ready.ends = 0;
        if let Some((base, block)) = self.blocks.next(Apart(kernel)) {
            return Some(self.take_block(base, block));
        }
        let is_word = std::mem::take(&mut self.open_is_word);
        let open = self.open?;
        is_word.then_some(Some((open, self.blocks.text.len())))
    }

    /// Any block.
    #[inline(never)]
    fn take_block(&mut self, base: usize, block: Block) -> Option<(usize, usize)> {
        let open = self.open.unwrap_or_else(|| last_segment(self.blocks.text.as_bytes(), base));
        self.open = Some(open);
        let Block { bounds, wordy, .. } = block;
        if bounds == 0 {
            self.ready.ends = 0;
            self.open_is_word |= wordy != 0;
            return None;
        }
        let first = bounds & bounds.wrapping_neg();
        let was_word = self.open_is_word | (wordy & (first - 1) != 0);
        let last = 63 - bounds.leading_zeros();
        let starts = word_starts(bounds, wordy) & !(1 << last);
        self.ready = Ready { base, starts, ends: ends(bounds, starts) };
        self.open = Some(base + last as usize);
        self.open_is_word = wordy >> last != 0;
        was_word.then_some((open, base + first.trailing_zeros() as usize))
    }
}

/// Where the segment starts that ends at `end` or later, if the byte before `end` is of a character that a kernel took and that is not core.
fn last_segment(bytes: &[u8], end: usize) -> usize {
    let is_continued = |at: usize| match (bytes[at - 1], bytes[at]) {
        (b' ', b' ') | (b'\r', b'\n') => true,
        (_, byte) => byte & 0xc0 == 0x80,
    };
    let mut at = end.saturating_sub(1);
    while at > 0 && is_continued(at) {
        at -= 1;
    }
    at
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
pub(super) fn ends(bounds: u64, starts: u64) -> u64 {
    // From each start a carry runs through the bytes without a boundary and comes out at the next one.
    let inside = !bounds;
    let next = starts << 1;
    ((next & inside).wrapping_add(inside) | next) & bounds
}

/// Iterator of [`word_bounds`].
#[derive(Clone, Debug)]
pub struct WordBounds<'t> {
    kernel: Kernel,
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
            match self.blocks.next(self.kernel) {
                Some((base, block)) => (self.base, self.bounds) = (base, block.bounds),
                None if start < self.blocks.text.len() => {
                    self.open = self.blocks.text.len();
                    return Some((start, &self.blocks.text[start..]));
                }
                None => return None,
            }
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {
        self.kernel.run(Fold { from: self, init, f })
    }
}

impl<'t, B, F: FnMut(B, (usize, &'t str)) -> B> Task for Fold<WordBounds<'t>, B, F> {
    type Output = B;

    #[inline(always)]
    fn run(self, kernel: impl Classify) -> B {
        let Fold { from: WordBounds { mut blocks, mut base, mut bounds, open: mut start, .. }, init: mut folded, mut f } = self;
        let text = blocks.text;
        loop {
            while bounds != 0 {
                let end = base + lowest(bounds);
                bounds &= bounds - 1;
                if end > start {
                    folded = f(folded, (start, slice(text, start, end)));
                    start = end;
                }
            }
            match blocks.next(kernel) {
                Some((at, block)) => (base, bounds) = (at, block.bounds),
                None if start < text.len() => return f(folded, (start, &text[start..])),
                None => return folded,
            }
        }
    }
}

/// The runs that a text is decided in: by the kernel where it knows all characters, else by the rules' table.
#[derive(Clone, Debug)]
pub(super) struct Blocks<'t> {
    text: &'t str,
    /// Where the next run starts: always at a character.
    at: usize,
    state: rules::State,
}

/// Bytes without a hard character that end a stretch of them, and that a kernel must decide to be worth its call.
const GAP: u32 = 16;

impl<'t> Blocks<'t> {
    pub(super) fn new(text: &'t str) -> Blocks<'t> {
        Blocks { text, at: 0, state: rules::AFTER_LINE }
    }

    /// The next run and where it starts.
    #[inline(always)]
    pub(super) fn next(&mut self, kernel: impl Classify) -> Option<(usize, Block)> {
        let at = self.at;
        let rest = &self.text.as_bytes()[at..];
        let Some(window) = rest.first_chunk::<64>() else {
            return if rest.is_empty() { None } else { Some((at, self.tail(kernel))) };
        };
        let mut masks = Masks::default();
        kernel.classify(window, &mut masks);
        let found = masks::cores(&masks, self.state);
        Some((at, self.decide(window, &masks, &found)))
    }

    /// Whether a kernel's masks decide enough of a window.
    #[inline(always)]
    fn is_decided(&self, found: &masks::Found) -> bool {
        found.end >= GAP && rules::is_plain(self.state)
    }

    /// The run at the head of a window.
    #[inline(always)]
    fn decide(&mut self, window: &[u8; 64], masks: &Masks, found: &masks::Found) -> Block {
        if self.is_decided(found) {
            return self.decided(window, found.end as usize, masks, found);
        }
        self.stretch(found.hard)
    }

    #[inline(always)]
    fn decided(&mut self, window: &[u8; 64], len: usize, masks: &Masks, found: &masks::Found) -> Block {
        let keep = u64::MAX >> (64 - len);
        let bounds = masks::boundaries(masks, self.state, found) & keep;
        self.state = masks::state_after(window, len, found.wordy);
        self.at += len;
        Block {
            len,
            bounds,
            wordy: found.wordy & keep,
            letters: masks.letters & keep,
            capitals: masks.capitals & keep,
            digits: masks.digits & keep,
            spaces: masks.spaces & keep,
            line_feeds: masks.line_feeds & bounds & keep,
            dots: masks.dots & keep,
            plain: masks.plain & keep,
        }
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

    /// The next run of the last bytes of the text, 1 to 63.
    #[cold]
    #[inline(never)]
    fn tail(&mut self, kernel: impl Classify) -> Block {
        let rest = &self.text.as_bytes()[self.at..];
        let mut window = [0; 64];
        window[..rest.len()].copy_from_slice(rest);
        let mut masks = Masks::default();
        kernel.classify_apart(&window, &mut masks);
        let found = masks::cores(&masks, self.state);
        let len = rest.len().min(found.end as usize);
        if (len == rest.len() || found.end >= GAP) && rules::is_plain(self.state) {
            return self.decided(&window, len, &masks, &found);
        }
        self.stretch(found.hard)
    }
}
