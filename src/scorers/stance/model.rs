//! Features in, a score and a class out: one linear combination for each class, by weights that are data.
//!
//! The weights stand in `stance_weights.tsv` beside this file, one line a feature: `feature  toward-positive  toward-negative`, against neutral
//! (multinomial logistic regression with the neutral class as the base). They were fitted by `philippic-fit-stance`
//! on `stance_sentences.train` alone; the head of the file is the report of the fit.

use super::polarity::{Feature, Features, Piece};

/// Fitted weights, by feature.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    positive: Vec<f32>,
    negative: Vec<f32>,
}

/// What the article's mean adds to a paragraph's own, and the sums beyond which it counts as for or against: set by hand on
/// `stance_paragraphs.dev`, where the article matters twice as much as the paragraph.
const ARTICLE: f32 = 2.0;
const PARAGRAPH_FOR: f32 = 0.1;
const PARAGRAPH_AGAINST: f32 = -1.05;

const WEIGHTS: &str = include_str!("stance_weights.tsv");

impl Model {
    /// The built-in weights.
    pub(crate) fn builtin() -> Model {
        Model::parse(WEIGHTS)
    }

    /// Reads weights; lines of features that this version does not know are passed over.
    pub(crate) fn parse(text: &str) -> Model {
        let mut model = Model { positive: vec![0.0; Feature::COUNT], negative: vec![0.0; Feature::COUNT] };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(name), Some(Ok(positive)), Some(Ok(negative))) =
                (columns.next(), columns.next().map(str::parse), columns.next().map(str::parse))
                && let Some(feature) = Feature::of(name)
            {
                model.positive[feature as usize] = positive;
                model.negative[feature as usize] = negative;
            }
        }
        model
    }

    fn logits(&self, values: &[f32]) -> (f32, f32) {
        values.iter().zip(self.positive.iter().zip(&self.negative)).fold((0.0, 0.0), |(p, n), (x, (wp, wn))| (p + x * wp, n + x * wn))
    }

    /// Score and class of a target, over all holders: the class that readers would see.
    pub(crate) fn class(&self, features: &Features) -> (f32, i8) {
        let (positive, negative) = self.logits(&features.values());
        let most = positive.max(negative).max(0.0);
        let (p, n, z) = ((positive - most).exp(), (negative - most).exp(), (-most).exp());
        let sum = p + n + z;
        let class = if p > n && p > z {
            1
        } else if n > z && n > p {
            -1
        } else {
            0
        };
        ((p - n) / sum, class)
    }

    /// The class of a paragraph whose mentions score so on average, in an article whose paragraphs do.
    pub(crate) fn paragraph_class(&self, score: f32, article: f32) -> i8 {
        let seen = score + ARTICLE * article;
        i8::from(seen > PARAGRAPH_FOR) - i8::from(seen < PARAGRAPH_AGAINST)
    }

    /// The score of what one holder says, -1..1: only what points somewhere counts, not where it stands.
    pub(crate) fn score(&self, features: &Features) -> f32 {
        let sum: f32 = features.pieces.iter().map(|p| self.logit(p)).sum();
        (sum * 0.5).tanh()
    }

    fn logit(&self, piece: &Piece) -> f32 {
        let at = piece.feature as usize;
        piece.value * (self.positive[at] - self.negative[at])
    }

    /// What a piece adds to the score, before the sum is squeezed into -1..1.
    pub(crate) fn contribution(&self, piece: &Piece) -> f32 {
        (self.logit(piece) * 0.5).tanh()
    }
}
