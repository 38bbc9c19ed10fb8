//! Words against the rules of UAX #29 themselves: every short sequence of classes, at the start of a text and around the edges of
//! the 64 bytes that are decided together, by every kernel.

use philippic::segment::{Kernel, word_bounds_with, words_with};

#[path = "segment/oracle.rs"]
mod oracle;

use oracle::{CLASSES, MORE, Representative, boundaries};

/// Runs `check` for each of `firsts`, on all cores.
fn in_parallel(firsts: &[Representative], check: impl Fn(Representative) + Sync) {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for part in firsts.chunks(firsts.len().div_ceil(threads)) {
            let check = &check;
            scope.spawn(move || part.iter().for_each(|&first| check(first)));
        }
    });
}

/// Calls `check` with every sequence of `length` characters of `alphabet` that begins with `sequence`.
fn each_sequence(alphabet: &[Representative], sequence: &mut Vec<Representative>, length: usize, check: &mut dyn FnMut(&[Representative])) {
    if sequence.len() == length {
        return check(sequence);
    }
    for &next in alphabet {
        sequence.push(next);
        each_sequence(alphabet, sequence, length, check);
        sequence.pop();
    }
}

/// The text of a sequence behind a filler, with what must be found in it.
#[derive(Default)]
struct Case {
    text: String,
    bounds: Vec<usize>,
    /// For each segment whether it is a word.
    words: Vec<bool>,
}

impl Case {
    /// `filler` is written out `repeat` times; the rules see it once, as it joins with itself.
    fn set(&mut self, filler: Option<Representative>, repeat: usize, sequence: &[Representative]) {
        let mut chars: Vec<Representative> = filler.into_iter().collect();
        chars.extend(sequence);
        let skip = filler.map_or(0, |f| f.char.len_utf8() * (repeat - 1));
        self.text.clear();
        if let Some(f) = filler {
            (1..repeat).for_each(|_| self.text.push(f.char));
        }
        self.text.extend(chars.iter().map(|c| c.char));
        self.bounds.clear();
        self.bounds.extend(boundaries(&chars).into_iter().map(|at| if at == 0 { 0 } else { at + skip }));
        self.words.clear();
        let mut at = 0;
        let mut segment = 0;
        for rep in chars {
            if segment + 1 < self.bounds.len() && at + skip >= self.bounds[segment + 1] && at > 0 {
                segment += 1;
            }
            if self.words.len() == segment {
                self.words.push(false);
            }
            self.words[segment] |= rep.word;
            at += rep.char.len_utf8();
        }
    }

    fn check(&self, kernel: Kernel) {
        let expected = self.bounds.windows(2).map(|w| (w[0], w[1]));
        let found = word_bounds_with(kernel, &self.text).map(|(at, segment)| (at, at + segment.len()));
        assert!(
            found.eq(expected.clone()),
            "{}: {:?}: {:?}",
            kernel.name(),
            self.text,
            word_bounds_with(kernel, &self.text).collect::<Vec<_>>()
        );
        let expected = expected.zip(&self.words).filter(|(_, word)| **word).map(|(span, _)| span);
        let found = words_with(kernel, &self.text).map(|(at, word)| (at, at + word.len()));
        assert!(found.eq(expected), "{}: {:?}: {:?}", kernel.name(), self.text, words_with(kernel, &self.text).collect::<Vec<_>>());
    }
}

#[test]
fn every_sequence_up_to_five_classes() {
    in_parallel(&CLASSES, |first| {
        let mut case = Case::default();
        for length in 1..=5 {
            each_sequence(&CLASSES, &mut vec![first], length, &mut |sequence| {
                case.set(None, 0, sequence);
                case.check(Kernel::best());
            });
        }
    });
}

#[test]
fn every_sequence_up_to_three_of_more_characters_by_every_kernel() {
    let alphabet: Vec<Representative> = CLASSES.into_iter().chain(MORE).collect();
    let kernels = Kernel::all();
    in_parallel(&alphabet, |first| {
        let mut case = Case::default();
        for length in 1..=3 {
            each_sequence(&alphabet, &mut vec![first], length, &mut |sequence| {
                case.set(None, 0, sequence);
                kernels.iter().for_each(|&kernel| case.check(kernel));
            });
        }
    });
}

/// The filler decides what stands before the sequence: a line end (as nothing), a letter, a digit, a space, a letter of two bytes.
/// The line ends do not join, so there is one and the rest of the block is letters.
#[test]
fn every_sequence_up_to_three_at_every_offset_around_an_edge() {
    let kernels = Kernel::all();
    let fillers = ['a', '1', ' ', 'é', 'א'].map(|c| CLASSES.into_iter().chain(MORE).find(|r| r.char == c));
    let tail = CLASSES.into_iter().find(|r| r.char == 'a');
    in_parallel(&CLASSES, |first| {
        let mut case = Case::default();
        for length in 1..=3 {
            each_sequence(&CLASSES, &mut vec![first], length, &mut |sequence| {
                // With and without a letter behind the sequence.
                for tail in [None, tail] {
                    let sequence: Vec<Representative> = sequence.iter().copied().chain(tail).collect();
                    for filler in fillers.into_iter().flatten() {
                        for bytes in 64 - 4 * length - 2..=65 {
                            if bytes % filler.char.len_utf8() == 0 {
                                case.set(Some(filler), bytes / filler.char.len_utf8(), &sequence);
                                // Only a text of two blocks has an edge.
                                if case.text.len() >= 64 {
                                    kernels.iter().for_each(|&kernel| case.check(kernel));
                                }
                            }
                        }
                    }
                }
            });
        }
    });
}

/// Long random sequences: what is carried from block to block to block.
#[test]
fn long_random_sequences() {
    let alphabet: Vec<Representative> = CLASSES.into_iter().chain(MORE).collect();
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 33) as usize % below
    };
    let mut case = Case::default();
    for round in 0..20_000 {
        // Of few characters, so that runs and repetitions happen, and of all.
        let few: Vec<Representative> = (0..2 + random(4)).map(|_| alphabet[random(alphabet.len())]).collect();
        let from = if round % 4 == 0 { &alphabet } else { &few };
        let sequence: Vec<Representative> = (0..random(160)).map(|_| from[random(from.len())]).collect();
        case.set(None, 0, &sequence);
        for kernel in Kernel::all() {
            case.check(kernel);
        }
    }
}

/// A mark whose fate is decided 64 bytes and many more behind it.
#[test]
fn a_mark_is_decided_from_afar() {
    let find = |c: char| CLASSES.into_iter().chain(MORE).filter(move |r| r.char == c);
    for marks in [1, 20, 30, 31, 32, 33, 40, 64, 100, 1000] {
        for extend in ['\u{301}', '\u{200d}', '\u{93e}', '\u{ad}'] {
            for before in ['a', '1', 'א', '_', ' ', '\n'] {
                for mark in ['.', '\'', '"', ':', '’', ','] {
                    for behind in ['a', '1', 'א', ' ', '😀', 'ℹ', '\n', '.'] {
                        let mut sequence: Vec<Representative> = find(before).collect();
                        sequence.extend(find(mark));
                        (0..marks).for_each(|_| sequence.extend(find(extend)));
                        sequence.extend(find(behind));
                        sequence.extend(find('a'));
                        let mut case = Case::default();
                        case.set(None, 0, &sequence);
                        for kernel in Kernel::all() {
                            case.check(kernel);
                        }
                    }
                }
            }
        }
    }
}
