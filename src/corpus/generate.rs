//! Texts to measure speed on, made from sample sentences written for this project: the same bytes for the same seed, on every
//! machine.
//!
//! The words mean nothing. What is real is what speed depends on: word lengths, punctuation, and how often and where characters
//! outside ASCII stand. [`Text::EnglishNews`] has in 1,000 words about 65 full stops, 50 commas, 28 curly quotation marks, 14
//! apostrophes (nine of ten curly, as newsrooms set them), 5 dashes and hyphens and 20 numbers: sentences are shorter than in real news, so
//! there is some more punctuation to stumble over.

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Paragraphs of a news agency.
    EnglishNews,
    /// English talk, with curly quotation marks, apostrophes, dashes and ellipses in every line.
    CurlyQuotes,
    /// News in Russian.
    Russian,
    /// News in Hindi.
    Hindi,
    /// News in Chinese.
    Chinese,
    /// Short messages in English with emoji, hashtags, mentions and addresses.
    Tweets,
    /// A program.
    SourceCode,
    /// English news without a line end.
    GiantLine,
    /// Lines of one short word.
    TinyLines,
    /// One word of letters.
    GiantWord,
    /// Straight quotation marks only.
    QuoteMarks,
    /// One letter, and combining marks on it.
    CombiningMarks,
}

impl Text {
    /// All kinds; those that only strain the program are the last three.
    pub const ALL: [Text; 12] = [
        Text::EnglishNews,
        Text::CurlyQuotes,
        Text::Russian,
        Text::Hindi,
        Text::Chinese,
        Text::Tweets,
        Text::SourceCode,
        Text::GiantLine,
        Text::TinyLines,
        Text::GiantWord,
        Text::QuoteMarks,
        Text::CombiningMarks,
    ];

    /// A name for tables and file names.
    pub fn name(self) -> &'static str {
        match self {
            Text::EnglishNews => "english_news",
            Text::CurlyQuotes => "curly_quotes",
            Text::Russian => "russian",
            Text::Hindi => "hindi",
            Text::Chinese => "chinese",
            Text::Tweets => "tweets",
            Text::SourceCode => "source_code",
            Text::GiantLine => "giant_line",
            Text::TinyLines => "tiny_lines",
            Text::GiantWord => "giant_word",
            Text::QuoteMarks => "quote_marks",
            Text::CombiningMarks => "combining_marks",
        }
    }

    /// At least `bytes` bytes of it, and less than a paragraph more. Empty for 0.
    pub fn generate(self, bytes: usize, seed: u64) -> String {
        let mut out = String::with_capacity(bytes + 4096);
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        while out.len() < bytes {
            match self {
                Text::EnglishNews => paragraph(&mut out, &mut random, ENGLISH, 2, " ", "\n\n"),
                Text::CurlyQuotes => paragraph(&mut out, &mut random, CURLY, 2, " ", "\n\n"),
                Text::Russian => paragraph(&mut out, &mut random, RUSSIAN, 3, " ", "\n\n"),
                Text::Hindi => paragraph(&mut out, &mut random, HINDI, 3, " ", "\n\n"),
                Text::Chinese => paragraph(&mut out, &mut random, CHINESE, 3, "", "\n\n"),
                Text::Tweets => paragraph(&mut out, &mut random, TWEETS, 1, " ", "\n"),
                Text::SourceCode => paragraph(&mut out, &mut random, CODE, 6, "\n", "\n\n"),
                Text::GiantLine => paragraph(&mut out, &mut random, ENGLISH, 2, " ", " "),
                Text::TinyLines => paragraph(&mut out, &mut random, &["a", "no", "so it", "7", "yes.", "ok!", "I"], 1, "", "\n"),
                Text::GiantWord => out.push_str("notwithstanding"),
                Text::QuoteMarks => out.push_str("''\"'\"\"'\""),
                Text::CombiningMarks if out.is_empty() => out.push('a'),
                Text::CombiningMarks => out.push_str("\u{301}\u{308}\u{323}"),
            }
        }
        out
    }
}

/// `least` to twice as many sentences.
fn paragraph(out: &mut String, random: &mut Random, sentences: &[&str], least: usize, between: &str, end: &str) {
    for i in 0..least + random.below(least + 1) {
        if i > 0 {
            out.push_str(between);
        }
        let sentence = sentences[random.below(sentences.len())];
        fill(out, random, sentence);
    }
    out.push_str(end);
}

/// Writes a sentence with its slots filled: `{p}` person, `{c}` city, `{d}` day, `{n}` number, `{e}` emoji, `{r}` and `{R}` a Russian
/// name and city, `{h}` and `{z}` a Hindi and a Chinese name.
fn fill(out: &mut String, random: &mut Random, sentence: &str) {
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        let slot = rest.as_bytes()[at..].get(1..3);
        out.push_str(&rest[..at]);
        let list: &[&str] = match slot {
            Some(b"p}") => PEOPLE,
            Some(b"c}") => CITIES,
            Some(b"d}") => DAYS,
            Some(b"e}") => EMOJI,
            Some(b"r}") => RUSSIAN_PEOPLE,
            Some(b"R}") => RUSSIAN_CITIES,
            Some(b"h}") => HINDI_PEOPLE,
            Some(b"z}") => CHINESE_PEOPLE,
            Some(b"n}") => {
                number(out, random);
                rest = &rest[at + 3..];
                continue;
            }
            _ => {
                out.push('{');
                rest = &rest[at + 1..];
                continue;
            }
        };
        out.push_str(list[random.below(list.len())]);
        rest = &rest[at + 3..];
    }
    out.push_str(rest);
}

fn number(out: &mut String, random: &mut Random) {
    let number = match random.below(5) {
        0 => format!("{}", 2 + random.below(97)),
        1 => format!("{}.{}", random.below(40), random.below(10)),
        2 => format!("{},{:03}", 1 + random.below(900), random.below(1000)),
        3 => format!("{}", 1950 + random.below(76)),
        _ => format!("{}", 10 * (1 + random.below(99))),
    };
    out.push_str(&number);
}

/// Marsaglia's xorshift, 64 bits.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 32) as usize) % limit
    }
}

const PEOPLE: &[&str] = &[
    "Jane Roe",
    "John Doe",
    "Martha Vance",
    "Mr. Okafor",
    "Ms. Lindqvist",
    "Senator Hale",
    "Prime Minister Adeyemi",
    "President Ortega-Ruiz",
    "Gen. Whitlock",
    "Dr. Sørensen",
    "Zoë Castellanos",
    "Tomás Álvarez",
    "the minister",
    "the spokeswoman",
    "a former adviser",
    "the opposition leader",
];
const CITIES: &[&str] = &[
    "Northport",
    "the capital",
    "Westbrook",
    "São Miguel",
    "Old Harbor",
    "Kessel",
    "Lindenau",
    "Port Elgin",
    "the border town of Varna",
    "Ashford",
];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const EMOJI: &[&str] = &["😂", "😂😂😂", "🙄", "❤️", "👍🏽", "🔥🔥", "😭", "🇺🇸", "👩‍👩‍👧", "🤷🏻‍♀️", "✨", "💀", "1️⃣", "☕"];
const RUSSIAN_PEOPLE: &[&str] =
    &["Иванова", "премьер-министр", "Ольга Петровна", "представитель ведомства", "генерал Сергеев", "бывший советник"];
const RUSSIAN_CITIES: &[&str] = &["в столице", "в Нижнем Поле", "на границе", "в Северном порту", "за рекой"];
const HINDI_PEOPLE: &[&str] = &["मंत्री", "प्रवक्ता", "सुनीता देवी", "पूर्व सलाहकार", "विपक्ष के नेता"];
const CHINESE_PEOPLE: &[&str] = &["部长", "发言人", "王丽", "前顾问", "反对党领袖"];

const ENGLISH: &[&str] = &[
    "{p} said on {d} that the talks in {c} had failed, and that nobody in the room had wanted them to go on any longer.",
    "“We are not going to accept it,” {p} told reporters after the vote. “The country can’t wait another year.”",
    "The agreement, reached late on {d} after {n} hours of debate, would cut the budget by {n} percent over the next two years.",
    "Officials in {c} declined to comment on the report, which was first published by a local newspaper.",
    "According to the ministry’s figures, {n} people were moved from the flooded districts to schools and sports halls.",
    "{p}, who has led the party since {n}, faces a vote of no confidence next week.",
    "The court rejected the appeal, saying that the evidence had been examined at length by two lower courts.",
    "But analysts warned that the measures — the third such package this year — might come too late for the smaller firms.",
    "In {c}, where prices have risen by {n} percent since spring, hundreds of people marched to the town hall.",
    "“It’s a disgrace,” said {p}, a nurse at the hospital. “They knew about this for months and didn’t lift a finger.”",
    "The company's shares fell {n} percent in early trading before recovering some of their losses in the afternoon.",
    "A spokesman for the U.S. delegation said that the two sides remained “far apart” on the most important questions.",
    "It was not immediately clear who had ordered the search, or whether the documents would be returned.",
    "{p} has denied any wrongdoing and described the inquiry as an attempt to silence critics of the government.",
    "The bridge, built in {n}, carries some {n} vehicles a day and is due to be replaced.",
    "Talks are expected to resume on {d}; neither side has said what it is prepared to offer.",
    "The report accuses the agency of having ignored warnings, of losing files, and of paying {n} dollars for work that was never done.",
    "“No one is above the law,” {p} said in a televised address that lasted less than five minutes.",
    "Rescue teams from three neighbouring countries arrived in {c} at dawn and began to clear the road to the valley.",
    "The opposition called the decision a step backwards and said it would ask the constitutional court for a ruling.",
    "Farmers say that the drought, the worst for a generation, has already destroyed a third of the harvest.",
    "The president's office did not respond to a request for comment sent on {d} evening.",
];

const CURLY: &[&str] = &[
    "“I don’t know,” she said. “It’s what they’ve told us — ‘nothing’ — and that’s that.”",
    "“Don’t you ‘sir’ me,” he’d snapped… “You’re late — again.”",
    "“Well,” said {p}, “that’s ‘progress’ for you… isn’t it?”",
    "He’d called it “a triumph” – the critics’ word was “farce” – and he’d meant it.",
    "“‘Never’ isn’t a policy,” {p} said. “We’ll see what they’re made of…”",
    "The so-called “experts” weren’t there; they’d “other plans”, {p}’s office said.",
    "“What’s done is done.” “Is it?” “It is.” “I wouldn’t bet on it…”",
];

const RUSSIAN: &[&str] = &[
    "{r} заявил во вторник, что переговоры {R} провалились и что никто не хотел их продолжать.",
    "«Мы этого не примем», — сказал {r} журналистам после голосования.",
    "По данным министерства, {n} человек были вывезены из затопленных районов в школы и спортивные залы.",
    "Соглашение, достигнутое поздно вечером после долгих споров, сократит бюджет на {n} процентов за два года.",
    "Чиновники отказались комментировать доклад, который первой опубликовала местная газета.",
    "Суд отклонил жалобу, указав, что доказательства подробно изучили две предыдущие инстанции.",
    "Однако аналитики предупредили: меры — уже третьи в этом году — могут запоздать для небольших предприятий.",
    "{R}, где цены с весны выросли на {n} процентов, сотни людей вышли к зданию администрации.",
    "Оппозиция назвала решение шагом назад и пообещала обратиться в Конституционный суд.",
    "Мост, построенный в {n} году, пропускает тысячи машин в день и будет заменён.",
];

const HINDI: &[&str] = &[
    "{h} ने मंगलवार को कहा कि बातचीत विफल हो गई है और कोई भी उसे जारी नहीं रखना चाहता था।",
    "“हम इसे स्वीकार नहीं करेंगे,” {h} ने मतदान के बाद पत्रकारों से कहा।",
    "मंत्रालय के आँकड़ों के अनुसार बाढ़ वाले इलाक़ों से {n} लोगों को स्कूलों में पहुँचाया गया।",
    "यह समझौता देर रात लंबी बहस के बाद हुआ और दो साल में बजट में {n} प्रतिशत की कटौती करेगा।",
    "अधिकारियों ने उस रिपोर्ट पर टिप्पणी करने से इनकार कर दिया जो पहले एक स्थानीय अख़बार में छपी थी।",
    "अदालत ने अपील ख़ारिज करते हुए कहा कि सबूतों की जाँच दो निचली अदालतें कर चुकी हैं।",
    "विपक्ष ने इस फ़ैसले को पीछे की ओर क़दम बताया और कहा कि वह सर्वोच्च न्यायालय जाएगा।",
    "किसानों का कहना है कि सूखे ने फ़सल का एक तिहाई हिस्सा नष्ट कर दिया है।",
];

const CHINESE: &[&str] = &[
    "{z}周二表示，谈判已经失败，会场里没有人愿意继续谈下去。",
    "“我们不会接受，”{z}在投票后对记者说，“国家不能再等一年。”",
    "根据该部的数据，{n}人已从洪水地区转移到学校和体育馆。",
    "经过{n}小时的辩论，双方在深夜达成协议，两年内将预算削减百分之{n}。",
    "官员拒绝对这份由当地报纸首先发表的报告发表评论。",
    "法院驳回了上诉，称两级下级法院已经详细审查了证据。",
    "但分析人士警告说，这些措施——今年的第三批——对小企业来说可能太迟了。",
    "这座桥建于{n}年，每天有数千辆汽车通过，即将更换。",
];

const TWEETS: &[&str] = &[
    "I can't believe this {e} so done with it all #Monday",
    "@newsdesk oh GREAT, another delay {e}{e} thanks a lot!!",
    "this is fine {e} https://example.com/a/{n}?ref=x",
    "soooo good!! {e} see you on {d} :)",
    "wait… what?? {e} #irony",
    "RT @jane_roe: {n} reasons why we can’t have nice things {e} http://example.org/p/{n}",
    "ok but WHO asked {e} lol",
    "Happy {d} everyone {e} stay safe out there in {c}!",
    "yeah right, because that worked so well last time {e} /s",
    "my cat > your cat {e} don’t @ me",
    "just landed in {c} {e}{e} coffee first, then everything else",
    "they said {n}% by {d}. it's {n}. #math {e}",
];

const CODE: &[&str] = &[
    "    let words: Vec<_> = segment::words(\"Don't panic: {n} m!\").collect();",
    "fn next_block(&mut self) -> Option<(usize, Block)> {",
    "        if self.at >= limit { return None; } // the end of the text",
    "    /// Bytes of the window that only the table knows.",
    "    pub(crate) max_len_{n}: u64,",
    "for (i, item) in items.iter().enumerate().filter(|(_, x)| x.is_some()) {",
    "    assert_eq!(map.get(\"key_{n}\"), Some(&0x{n}), \"unexpected: {:?}\", map);",
    "}",
    "#[derive(Clone, Debug, PartialEq)]",
    "    const TABLE: [u8; {n}] = [0; {n}];",
    "    out.push_str(&format!(\"{},{}\\n\", row.name, row.value / 2.0));",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_text() {
        for text in Text::ALL {
            let made = text.generate(5000, 1);
            assert!(made.len() >= 5000 && made.len() < 8000, "{}: {}", text.name(), made.len());
            assert_eq!(made, text.generate(5000, 1));
            assert_eq!(text.generate(0, 1), "");
        }
        assert_ne!(Text::EnglishNews.generate(5000, 1), Text::EnglishNews.generate(5000, 2));
    }

    /// The statistics that the module's documentation promises.
    #[test]
    fn news_has_the_punctuation_of_news() {
        let text = Text::EnglishNews.generate(500_000, 1);
        let words = crate::segment::words(&text).count();
        let per_thousand = |marks: &[char]| 1000 * text.chars().filter(|c| marks.contains(c)).count() / words;
        for (marks, low, high) in
            [(&['.'][..], 55, 80), (&[','], 40, 65), (&['“', '”'], 20, 35), (&['’', '\''], 10, 20), (&['—', '-', '–'], 3, 10)]
        {
            let found = per_thousand(marks);
            assert!((low..=high).contains(&found), "{marks:?}: {found}");
        }
        let longest = text.lines().map(str::len).max();
        assert!(longest.is_some_and(|l| (200..2000).contains(&l)), "{longest:?}");
    }
}
