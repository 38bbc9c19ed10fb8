//! What terms meet in texts, and that all ways to a table lead to the same one.

use super::compile::{compile, compile_onto};
use super::*;
use crate::document::Workspace;
use crate::segment::ParagraphMode;

const HEAD: &str = "# category sentiment: s\n# category alarm.brink: b\n# category alarm.threat: t\n# category sarcasm.distancing: d\n\
    # category neutral: n\n# category place.city: c\n# category title.office: o\n# category determiner: x\n\
    # category abbreviation.inner: i\n# category own.first: f\n# category own.second (a b): g\nterm\tmatch\tcategory\tweight\n";

fn file(path: &str, rows: &str) -> LexiconFile {
    let rows = rows.replace(" | ", "\n").replace(' ', "\t").replace('_', " ");
    LexiconFile::parse(path, &format!("{HEAD}{rows}\n")).unwrap()
}

fn table(files: &[&str]) -> Compiled {
    let mut lexicon = Lexicon::empty();
    for (n, rows) in files.iter().enumerate() {
        lexicon.add(file(&format!("own{n}.tsv"), rows));
    }
    lexicon.compile()
}

/// The hits of a text: what is met, by which term.
fn met(table: &Compiled, text: &str) -> Vec<String> {
    let mut workspace = Workspace::default();
    let document = workspace.read(table, text, ParagraphMode::Auto);
    document.hits.iter().map(|h| format!("{}={}{:+}", document.slice(h.start..h.end), table.term(h.entry), h.weight)).collect()
}

/// Rows of a test: a name, lexicon rows (`_` is a space within a term, a space is a tab, ` | ` a new line), a text, its hits.
type Row<'r> = (&'r str, &'r str, &'r str, &'r [&'r str]);

#[test]
fn terms_meet_texts() {
    let rows: &[Row<'_>] = &[
        ("stem", "attack stem sentiment -0.5", "Attacked, attacks; attic", &["Attacked=attack-0.5", "attacks=attack-0.5"]),
        ("form in any case", "news form sentiment 0.1", "News NEWS new", &["News=news+0.1", "NEWS=news+0.1"]),
        ("case", "US case sentiment 0.1", "US us Us", &["US=US+0.1"]),
        ("a shouted word meets a name", "March case sentiment 0.1", "march March MARCH", &["March=March+0.1", "MARCH=March+0.1"]),
        (
            "prefix",
            "catastroph prefix sentiment -0.8",
            "catastrophic catastroph catastro",
            &["catastrophic=catastroph-0.8", "catastroph=catastroph-0.8"],
        ),
        (
            "case over form over stem over prefix",
            "turn prefix sentiment 0.1 | turn stem sentiment 0.2 | turned form sentiment 0.3 | Turned case sentiment 0.4",
            "turnip turning turned Turned",
            &["turnip=turn+0.1", "turning=turn+0.2", "turned=turned+0.3", "Turned=Turned+0.4"],
        ),
        (
            "the longest wins",
            "great form sentiment 0.7 | great_depression form sentiment -0.6 | the_great_depression_of form sentiment -0.7",
            "Great. Great depression. The great depression of 1929. The great depression",
            &[
                "Great=great+0.7",
                "Great depression=great depression-0.6",
                "The great depression of=the great depression of-0.7",
                "great depression=great depression-0.6",
            ],
        ),
        ("the earlier of two that overlap wins", "a_b form sentiment 0.1 | b_c form sentiment 0.2", "a b c", &["a b=a b+0.1"]),
        (
            "groups do not compete",
            "war form sentiment -0.5 | war_zone form alarm.threat 0.5 | zone form sentiment 0.1",
            "war zone",
            &["war zone=war zone+0.5", "war=war-0.5", "zone=zone+0.1"],
        ),
        ("parts of alarm do", "war form alarm.brink 0.4 | war_zone form alarm.threat 0.5", "war zone", &["war zone=war zone+0.5"]),
        (
            "weight 0 blocks its group",
            "great form sentiment 0.7 | great_power form sentiment 0",
            "great power, great",
            &["great=great+0.7"],
        ),
        (
            "neutral blocks all scorers and no names",
            "fort form sentiment 0.3 | worth form alarm.brink 0.5 | worth form place.city 1 | fort_worth form neutral 1",
            "fort worth; worth",
            &["worth=worth+1", "worth=worth+0.5", "worth=worth+1"],
        ),
        ("neutral in one case", "like form sentiment 0.3 | like case neutral 1", "like Like", &["Like=like+0.3"]),
        (
            "a gap is one word or none",
            "on_~_brink form alarm.brink 0.8",
            "on brink, on the brink, on the very brink, on, brink",
            &["on brink=on ~ brink+0.8", "on the brink=on ~ brink+0.8"],
        ),
        (
            "hyphen and space are the same",
            "so-called form sentiment -0.2 | would_be form sentiment -0.1",
            "so called so-called would-be would be",
            &["so called=so-called-0.2", "so-called=so-called-0.2", "would-be=would be-0.1", "would be=would be-0.1"],
        ),
        ("no dash is", "so-called form sentiment -0.2", "so — called so - called so, called", &[]),
        (
            "straight and curly apostrophes",
            "isn't form sentiment -0.1 | won’t_do form sentiment -0.2",
            "isn’t isn't won't do won’t do",
            &["isn’t=isn't-0.1", "isn't=isn't-0.1", "won't do=won't do-0.2", "won’t do=won't do-0.2"],
        ),
        (
            "possessives are not part of a word",
            "nation form sentiment 0.1",
            "nation's nation’s",
            &["nation=nation+0.1", "nation=nation+0.1"],
        ),
        ("stems in every place", "lose_hope stem sentiment -0.4", "losing hopes", &["losing hopes=lose hope-0.4"]),
        (
            "prefix in the last place",
            "flood_of_migra prefix alarm.threat 0.6",
            "flood of migrants, floods of migrants",
            &["flood of migrants=flood of migra+0.6"],
        ),
        (
            "letters beyond ASCII",
            "café form sentiment 0.1 | naïve stem sentiment -0.3 | Élysée case place.city 1",
            "CAFÉ naïve Élysée élysée",
            &["CAFÉ=café+0.1", "naïve=naïve-0.3", "Élysée=Élysée+1"],
        ),
        ("other scripts", "война form sentiment -0.5 | 战争 form sentiment -0.5", "Война. 战争", &["Война=война-0.5", "战争=战争-0.5"]),
        (
            "emoji with and without selector and skin tone",
            "❤️ form sentiment 0.6 | 👍 form sentiment 0.5",
            "❤ ❤️ 👍🏽 👎",
            &["❤=❤️+0.6", "❤️=❤️+0.6", "👍🏽=👍+0.5"],
        ),
        (
            "emoticons and hashtags",
            ":-) form sentiment 0.4 | #irony form sentiment -0.1",
            ":-) #Irony irony",
            &[":-)=:-)+0.4", "#Irony=#irony-0.1"],
        ),
        ("punctuation in a term must be there", "so_what? form sentiment -0.1", "so what? so what", &["so what?=so what?-0.1"]),
        (
            "the dot of an abbreviation is passed over",
            "St. form abbreviation.inner 1 | St._Louis case place.city 1",
            "in St. Louis and St Louis",
            &["St. Louis=St. Louis+1", "St Louis=St. Louis+1"],
        ),
        (
            "so is that of initials",
            "U.N._envoy case title.office 1 | John_F._Kennedy case place.city 1",
            "U.N. envoy, John F. Kennedy, John F Kennedy",
            &["U.N. envoy=U.N. envoy+1", "John F. Kennedy=John F. Kennedy+1", "John F Kennedy=John F. Kennedy+1"],
        ),
        ("function words make no hits", "the form determiner 1 | the form sentiment 0.1", "the", &["the=the+0.1"]),
        (
            "categories of the user's own",
            "tax stem own.first 0.5 | tax stem own.second 0.2_0.3",
            "taxes",
            &["taxes=tax+0.2", "taxes=tax+0.5"],
        ),
        ("the later line of a file wins", "ruin form sentiment -0.5 | Ruin form sentiment -0.6", "ruin", &["ruin=Ruin-0.6"]),
        ("the heavier of two parts of a group", "war form alarm.brink 0.4 | war form alarm.threat 0.5", "war", &["war=war+0.5"]),
        ("longest word", "x form sentiment 0.1", &format!("{} x", "x".repeat(70_000)), &["x=x+0.1"]),
    ];
    for (name, lexicon, text, want) in rows {
        let mut got = met(&table(&[lexicon]), text);
        // Entries of one token stand in no promised order.
        let mut want: Vec<String> = want.iter().map(ToString::to_string).collect();
        if name.contains("neutral blocks") || name.contains("do not compete") || name.contains("own") {
            got.sort();
            want.sort();
        }
        assert_eq!(got, want, "{name}");
    }
}

#[test]
fn later_files_override() {
    let rows: &[(&str, &[&str], &str, &[&str])] = &[
        ("same term and match", &["ruin stem sentiment -0.5", "ruins stem sentiment -0.1"], "ruined", &["ruined=ruins-0.1"]),
        ("with weight 0", &["ruin form sentiment -0.5", "ruin form sentiment 0"], "ruin", &[]),
        ("in the group", &["war form alarm.brink 0.4", "war form alarm.threat 0.1"], "war", &["war=war+0.1"]),
        ("but not in another", &["war form alarm.brink 0.4", "war form sentiment -0.1"], "war", &["war=war+0.4", "war=war-0.1"]),
        ("expressions", &["war_zone form sentiment -0.4", "war-zone form sentiment -0.1"], "war zone", &["war zone=war-zone-0.1"]),
    ];
    for (name, files, text, want) in rows {
        assert_eq!(met(&table(files), text), *want, "{name}");
    }
    // An added line wins over a built-in one of any match, but not over a longer term.
    let mut lexicon = Lexicon::empty();
    lexicon.add(file("lexicons/en/x.tsv", "ruin form sentiment -0.5 | ruin_it form sentiment -0.4"));
    lexicon.add(file("own.tsv", "ruin stem sentiment 0.1"));
    assert_eq!(met(&lexicon.compile(), "ruin, ruin it"), ["ruin=ruin+0.1", "ruin it=ruin it-0.4"]);
}

#[test]
fn tags_are_of_the_hits_that_cover_a_token() {
    let lexicon = "so-called form sarcasm.distancing 0.7 | vice_president form title.office 1 | president form title.office 1 \
        | great form sentiment 0.7 | great_power form sentiment 0 | of form determiner 1 | abyss form alarm.brink 0.5 \
        | edge_of_abyss form alarm.threat 0.6 | in_spite_of form determiner 1 | et_al form abbreviation.inner 1"
        .replace("        ", "");
    let table = table(&[&lexicon]);
    let tagged = |text: &str, cat: Cat| {
        let mut workspace = Workspace::default();
        let document = workspace.read(&table, text, ParagraphMode::Auto);
        (0..document.tokens.len()).filter(|&t| document.is(t, cat.tag())).map(|t| document.word(t).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(tagged("the so-called vice president", Cat::DISTANCING), ["so", "-", "called"]);
    assert_eq!(tagged("the so-called vice president", Cat::OFFICE), ["vice", "president"]);
    assert_eq!(tagged("a great power is great", Cat::SENTIMENT), ["great"]);
    assert_eq!(tagged("edge of abyss, abyss", Cat::BRINK), ["abyss"]);
    assert_eq!(tagged("edge of abyss", Cat::THREAT), ["edge", "of", "abyss"]);
    assert_eq!(tagged("in spite of it, edge of abyss", Cat::DETERMINER), ["in", "spite", "of", "of"]);
    // The sentence splitter sees abbreviations of several words.
    let mut workspace = Workspace::default();
    assert_eq!(workspace.read(&table, "Smith et al. Nature printed it.", ParagraphMode::Auto).sentences.len(), 1);
}

#[test]
fn more_entries_than_sixteen_bits_count() {
    let rows: Vec<String> = (0..70_000).map(|n| format!("term{n} form sentiment 0.5 | two_{n} form alarm.brink 0.5")).collect();
    let table = table(&[&rows.join(" | ")]);
    assert_eq!(table.len(), 140_000);
    assert_eq!(met(&table, "term0 two 69999 term69999"), ["term0=term0+0.5", "two 69999=two 69999+0.5", "term69999=term69999+0.5"]);
    assert_eq!(table.line(139_999).1.term, "two 69999");
}

#[test]
fn more_categories_than_numbers() {
    let count = 600;
    let head: String = (0..count).map(|n| format!("# category own.n{n}: n\n")).collect();
    let rows: String = (0..count).map(|n| format!("word{n}\tform\town.n{n}\t1\n")).collect();
    let mut lexicon = Lexicon::empty();
    lexicon.add(LexiconFile::parse("own.tsv", &format!("{head}term\tmatch\tcategory\tweight\n{rows}")).unwrap());
    let table = lexicon.compile();
    assert_eq!(table.custom_categories().len(), count);
    assert_eq!(met(&table, "word0 word599"), ["word0=word0+1", "word599=word599+1"]);
}

#[test]
fn nothing_to_compile() {
    let table = Lexicon::empty().compile();
    assert!(table.is_empty() && met(&table, "Nothing is met.").is_empty() && table.sources().is_empty());
}

#[test]
fn what_build_rs_wrote_is_what_the_program_compiles() {
    let files = builtin_files();
    let built = compile(&files);
    assert!(built.blob == builtin::BLOB, "the tokenizer in build.rs and the one in the program differ");
    assert_eq!(built.custom, builtin::CUSTOM);
    for (info, file) in Lexicon::english().compile().sources().iter().zip(&files) {
        assert_eq!(
            (info.name.as_str(), info.version.as_str(), &info.hash),
            (file.name.as_str(), file.version.as_str(), &format!("{:016x}", file.hash))
        );
    }
    // Adding to a table is compiling all at once.
    let own = file("own.tsv", "the form sentiment 0.1 | tax_haven stem own.second 0.2_0.3 | tax_~_haven form sentiment -0.1");
    let onto = compile_onto(&builtin::blob(), built.custom, files.len(), std::slice::from_ref(&own));
    let mut all = files;
    all.push(own);
    let at_once = compile(&all);
    assert!(onto.blob == at_once.blob && onto.custom == at_once.custom);
}

#[test]
fn every_entry_knows_its_line() {
    let mut lexicon = Lexicon::english();
    let own = file("own.tsv", "zzfoo form sentiment 0.1 | zzbar form sentiment 0.2");
    for table in [lexicon.compile(), lexicon.add(own).compile()] {
        for id in 0..table.len() as EntryId {
            let (_, line) = table.line(id);
            let entry = table.entry(id);
            assert_eq!(
                (&*table.term(id).replace('’', "'"), entry.line, entry.matching, entry.weights),
                (line.term.as_str(), line.line, line.matching, line.weights)
            );
            assert_eq!(Cat::of(&line.category).unwrap_or(entry.cat), entry.cat);
        }
    }
    assert_eq!(lexicon.files().len(), BUILTIN_FILES.len() + 1);
    assert!(lexicon.remove("sentiment") && !lexicon.remove("sentiment"));
    assert_eq!(met(&lexicon.compile(), "zzfoo zzbar"), [""; 0]);
}

#[test]
fn a_workspace_serves_many_tables() {
    let mut workspace = Workspace::default();
    for (n, want) in [1, 0, 1].into_iter().enumerate() {
        let table = table(&[if want == 1 { "war form sentiment -0.5" } else { "peace form sentiment 0.5" }]);
        assert_eq!(workspace.read(&table, "war", ParagraphMode::Auto).hits.len(), want, "{n}");
    }
}

#[test]
fn results_do_not_depend_on_what_the_cache_holds() {
    let table = table(&["war stem sentiment -0.5 | word7 form sentiment 0.1"]);
    let text: String = (0..80_000).map(|n| format!("word{n} wars ")).collect();
    let mut workspace = Workspace::default();
    for _ in 0..2 {
        assert_eq!(workspace.read(&table, &text, ParagraphMode::Auto).hits.len(), 80_001);
        assert_eq!(workspace.read(&table, "Word7 warring", ParagraphMode::Auto).hits.len(), 2);
    }
}

#[test]
fn winners_and_losers() {
    let table = table(&["great form sentiment 0.7 | great_power form sentiment 0 | great stem sentiment 0.6"]);
    let all = table.lookup("great power");
    let seen: Vec<_> = all.iter().map(|m| (table.term(m.entry), m.start, m.end, m.counts)).collect();
    assert_eq!(seen, [("great power", 0, 11, true), ("great", 0, 5, false), ("great", 0, 5, false)]);
    // It says of every hit what scoring says.
    let english = Lexicon::english().compile();
    let text = "The so-called experts of the United States warned, again, that a great catastrophe isn't far away.";
    let mut workspace = Workspace::default();
    let document = workspace.read(&english, text, ParagraphMode::Auto);
    let tags_only = |m: &Met| matches!(english.entry(m.entry).cat.family(), Family::Grammar | Family::Abbreviation | Family::Neutral);
    let counted = english.lookup(text).into_iter().filter(|m| m.counts && !tags_only(m) && english.entry(m.entry).weights != [0.0; 3]);
    let scored = document.hits.iter().map(|h| (document.span(h.start..h.end).start, h.entry));
    assert_eq!(counted.map(|m| (m.start, m.entry)).collect::<Vec<_>>(), scored.collect::<Vec<_>>());
}

#[test]
fn any_text_can_be_looked_up() {
    let english = Lexicon::english().compile();
    let mut workspace = Workspace::default();
    let odd = [
        "’",
        "'s",
        "’s’s",
        "ſs",
        "İ",
        "ŉ",
        "y’",
        "éing",
        "'ing",
        "—",
        "\u{200d}",
        "\u{1f3fb}",
        "\u{fe0f}",
        "ß",
        "ﬀ",
        "Σ",
        "ied",
        "ying",
        "~",
        "-",
    ];
    for a in odd {
        for b in odd {
            for c in odd {
                for text in [format!("{a}{b}{c}"), format!("{a} {b}-{c}"), format!("x{a}{b}{c}ies")] {
                    workspace.read(&english, &text, ParagraphMode::Auto);
                }
            }
        }
    }
}
