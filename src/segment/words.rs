//! Word boundaries by UAX #29.

use unicode_segmentation::UnicodeSegmentation;

/// Iterator of [`words`].
pub struct Words<'t>(unicode_segmentation::UnicodeWordIndices<'t>);
/// Iterator of [`word_bounds`].
pub struct WordBounds<'t>(unicode_segmentation::UWordBoundIndices<'t>);

/// The words of `text` with their byte offsets: the segments of [`word_bounds`] that contain a letter or a digit.
pub fn words(text: &str) -> Words<'_> {
    Words(text.unicode_word_indices())
}

/// Every segment between two UAX #29 word boundaries, with its byte offset; joined, they are `text`.
pub fn word_bounds(text: &str) -> WordBounds<'_> {
    WordBounds(text.split_word_bound_indices())
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl<'t> Iterator for WordBounds<'t> {
    type Item = (usize, &'t str);
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}
