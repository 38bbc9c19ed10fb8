//! Every input format gives the same table; every output format holds the same table.
#![cfg(all(feature = "cli", feature = "parquet"))]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

#[path = "support/news.rs"]
mod news;
mod support;

use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use news::{Article, articles};
use support::{Folder, lines, philippic};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn batch(articles: &[Article]) -> RecordBatch {
    let column = |get: fn(&Article) -> &str| -> ArrayRef { Arc::new(articles.iter().map(|a| Some(get(a))).collect::<StringArray>()) };
    RecordBatch::try_from_iter([("id", column(|a| &a.id)), ("date", column(|a| &a.date)), ("text", column(|a| &a.text))]).unwrap()
}

fn parquet(articles: &[Article], rows: usize) -> Vec<u8> {
    let batch = batch(articles);
    let properties = parquet::file::properties::WriterProperties::builder()
        .set_compression(parquet::basic::Compression::SNAPPY)
        .set_max_row_group_row_count(Some(rows))
        .build();
    let mut writer = parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn arrow(articles: &[Article], stream: bool) -> Vec<u8> {
    let batch = batch(articles);
    if stream {
        let mut writer = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    } else {
        let mut writer = arrow_ipc::writer::FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }
}

/// The paragraph table of an input, as CSV.
fn table(name: &str, bytes: &[u8], args: &[&str]) -> String {
    let folder = Folder::new();
    let (input, out) = (folder.file(name, bytes), folder.path("out.csv"));
    philippic().args(["batch", &input, "--overwrite", "-q", "-o"]).arg(&out).args(args).assert().success().stderr("");
    std::fs::read_to_string(out).unwrap()
}

#[test]
fn one_corpus_in_many_formats() {
    let articles = articles(40);
    let jsonl = news::jsonl(&articles);
    let want = table("a.jsonl", jsonl.as_bytes(), &["--keep", "date"]);
    assert!(want.starts_with("id,paragraph,start,end,words,") && want.lines().count() > 80, "{want}");
    assert!(want.lines().nth(1).unwrap().starts_with("n0,0,0,") && want.contains(",2024-01-01\n"));
    let array = format!("[{}]", jsonl.trim_end().replace('\n', ",\n  "));
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&array).unwrap()).unwrap();
    let (half, other) = jsonl.split_at(jsonl.len() / 2);
    let utf16 = [b"\xff\xfe".to_vec(), news::csv(&articles, '\t').encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
    xz.write_all(jsonl.as_bytes()).unwrap();
    let mut bz = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bz.write_all(jsonl.as_bytes()).unwrap();
    let zst = |text: &str| zstd::encode_all(text.as_bytes(), 1).unwrap();
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("crlf.jsonl", jsonl.replace('\n', "\r\n\r\n").into()),
        ("mark.jsonl", [b"\xef\xbb\xbf", jsonl.as_bytes()].concat()),
        ("a.json", array.clone().into()),
        ("pretty.json", pretty.into()),
        ("objects.json", jsonl.replace('\n', " ").into()),
        ("detected", jsonl.clone().into()),
        ("detected-array", array.into()),
        ("a.csv", news::csv(&articles, ',').into()),
        ("semicolons.csv", news::csv(&articles, ';').into()),
        ("a.tsv", news::csv(&articles, '\t').into()),
        ("wide.tsv", utf16),
        ("a.jsonl.gz", gzip(jsonl.as_bytes())),
        ("members.jsonl.gz", [gzip(half.as_bytes()), gzip(other.as_bytes())].concat()),
        ("a.csv.zst", zst(&news::csv(&articles, ','))),
        ("frames.jsonl.zst", [zst(half), zst(other)].concat()),
        ("a.jsonl.xz", xz.finish().unwrap()),
        ("a.jsonl.bz2", bz.finish().unwrap()),
        ("a.parquet", parquet(&articles, 1000)),
        ("groups.parquet", parquet(&articles, 7)),
        ("detected-parquet", parquet(&articles, 7)),
        ("a.parquet.gz", gzip(&parquet(&articles, 7))),
        ("a.arrow", arrow(&articles, false)),
        ("stream.arrow", arrow(&articles, true)),
    ];
    for (name, bytes) in rows {
        let got = table(name, &bytes, &["--keep", "date"]);
        assert!(got == want, "{name}:\n{}\n{}", &got[..300.min(got.len())], &want[..300]);
    }
    // Archives name their headers otherwise.
    let kept = |name, bytes: &[u8]| table(name, bytes, &["--keep", "WARC-Date=date"]);
    let wet = news::wet(&articles);
    assert_eq!(kept("a.warc.wet", &wet), want);
    assert_eq!(kept("a.warc.wet.gz", &gzip(&wet)), want);
}

#[test]
fn standard_input_text_files_and_ids() {
    let folder = Folder::new();
    let articles = articles(3);
    let out = folder.path("out.csv");
    let run = |args: &[&str], input: &str| {
        philippic().arg("batch").args(args).arg("-o").arg(&out).args(["--overwrite", "-q"]).write_stdin(input).assert().success();
        std::fs::read_to_string(&out).unwrap()
    };
    assert!(run(&["-"], &news::jsonl(&articles)).contains("\nn2,0,"));
    let without = "{\"content\": \"Rain fell.\"}\n\n{\"content\": [\"One.\", \"Two.\"]}\n";
    let got = run(&["--input-format", "jsonl"], without);
    assert!(got.contains("\n-#1,0,0,10,") && got.contains("\n-#3,1,6,10,"), "{got}");
    std::fs::create_dir(folder.path("news")).unwrap();
    for a in &articles {
        std::fs::write(folder.path(&format!("news/{}.txt", a.id)), &a.text).unwrap();
    }
    std::fs::write(folder.path("news/latin.md"), b"Zo\xeb left the harbour on Monday and na\xefvely said nothing.").unwrap();
    let name = folder.path("news").to_string_lossy().into_owned();
    let got = run(&[&name], "");
    assert!(got.contains("news/latin.md,0,0,") && got.contains("news/n2.txt,0,0,"), "{got}");
}

#[test]
fn fields_by_name_and_path() {
    let record = r#"{"key": 7, "doc": {"body": "Rain fell on Monday."}, "tags": ["a", "b"], "none": null, "who": "J. \"Roe\""}"#;
    let args = ["--text-field", "doc.body", "--id-field", "key", "--keep", "tags,none,who=author,doc.size"];
    let got = table("a.jsonl", record.as_bytes(), &args);
    assert!(got.starts_with("id,") && got.lines().next().unwrap().ends_with(",tags,none,author,doc.size"), "{got}");
    assert!(got.lines().nth(1).unwrap().starts_with("7,0,0,20,4,1,"), "{got}");
    assert!(got.lines().nth(1).unwrap().ends_with(r#","[""a"", ""b""]",,"J. ""Roe""","#), "{got}");
    let folder = Folder::new();
    let (input, out) = (folder.file("a.jsonl", record), folder.path("out.jsonl"));
    philippic().args(["batch", &input, "-o"]).arg(&out).args(args).assert().success();
    let report = &lines(&std::fs::read_to_string(out).unwrap())[0];
    assert_eq!(report["fields"], serde_json::json!({"tags": ["a", "b"], "none": null, "author": "J. \"Roe\"", "doc.size": null}));
    philippic()
        .args(["batch", &input, "-o", "x.csv", "--keep", "words"])
        .assert()
        .code(2)
        .stderr(predicates::str::contains("--keep words: the tables have a column of that name; write --keep words=OTHER_NAME"));
}

#[test]
fn pages_give_their_readable_text() {
    let text = "Mayor Ann Poe accused President John Doe of lying to the city council on Monday. ".repeat(8);
    let page = format!(
        "<!doctype html><html><head><title>Harbour row</title></head><body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav><article><h1>Harbour row</h1><p>{text}</p><p>{text}</p></article><footer>Cookies</footer></body></html>"
    );
    let got = table("a.html", page.as_bytes(), &["--documents"]);
    assert!(got.lines().count() >= 3, "{got}");
    let (paragraphs, documents) = {
        let folder = Folder::new();
        let input =
            folder.file("crawl.warc", news::warc(&[("https://a.example/1", &page), ("https://a.example/2", "<html><body></body></html>")]));
        let out = folder.path("out.csv");
        let run = philippic().args(["batch", &input, "--documents", "-o"]).arg(&out).assert().code(1);
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(said.contains("2 no_page") && said.contains("1 http_status") && said.contains("1 media_type"), "{said}");
        assert!(said.contains("1 rejected (1 html); see "), "{said}");
        (std::fs::read_to_string(&out).unwrap(), std::fs::read_to_string(folder.path("out.documents.csv")).unwrap())
    };
    assert!(paragraphs.contains("\nhttps://a.example/1,0,"), "{paragraphs}");
    assert!(documents.starts_with("id,language,bytes,paragraphs,words,") && documents.lines().count() == 2, "{documents}");
}

#[test]
fn outputs_hold_the_same_rows() {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Float32Type;
    let folder = Folder::new();
    let input = folder.file("a.jsonl", news::jsonl(&articles(100)));
    let make = |out: &str, more: &[&str]| {
        let out = folder.path(out);
        philippic()
            .args(["batch", &input, "-q", "--cues", "--documents", "--row-group", "40", "-o"])
            .arg(&out)
            .args(more)
            .assert()
            .success();
        out
    };
    let csv = std::fs::read_to_string(make("t.csv", &[])).unwrap();
    make("t.parquet", &[]);
    make("t.arrow", &[]);
    make("t.jsonl", &["--lines", "rows"]);
    for part in ["", ".stances", ".documents", ".cues"] {
        let text = std::fs::read_to_string(folder.path(&format!("t{part}.csv"))).unwrap();
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let rows = text.lines().count() - 1;
        assert!(rows > 50, "t{part}");
        let json = lines(&std::fs::read_to_string(folder.path(&format!("t{part}.jsonl"))).unwrap());
        assert_eq!((json.len(), json[0].as_object().unwrap().len()), (rows, header.len()), "t{part}");
        let file = std::fs::File::open(folder.path(&format!("t{part}.parquet"))).unwrap();
        let builder = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let metadata = builder.metadata().clone();
        assert!(metadata.num_row_groups() > 1 && metadata.row_group(0).column(0).statistics().is_some(), "t{part}");
        let pairs = metadata.file_metadata().key_value_metadata().unwrap();
        let value = |key: &str| pairs.iter().find(|p| p.key == key).and_then(|p| p.value.clone()).unwrap();
        let json = |key: &str| -> serde_json::Value { serde_json::from_str(&value(key)).unwrap() };
        assert!(json("philippic.provenance")["lexicons"][0]["hash"].is_string(), "{}", value("philippic.provenance"));
        assert_eq!(json("philippic.summary")["documents"], 100);
        assert_eq!(value("philippic.table"), if part.is_empty() { "paragraphs" } else { &part[1..] });
        let names: Vec<String> = builder.schema().fields().iter().map(|f| f.name().clone()).collect();
        assert_eq!(names, header, "t{part}");
        let parquet: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
        assert_eq!(parquet.iter().map(RecordBatch::num_rows).sum::<usize>(), rows, "t{part}");
        let file = std::fs::File::open(folder.path(&format!("t{part}.arrow"))).unwrap();
        let arrow: Vec<RecordBatch> = arrow_ipc::reader::FileReader::try_new(file, None).unwrap().map(Result::unwrap).collect();
        assert_eq!(arrow.iter().map(RecordBatch::num_rows).sum::<usize>(), rows, "t{part}");
        if part.is_empty() {
            let sum = |batches: &[RecordBatch]| -> f32 {
                batches.iter().flat_map(|b| b.column_by_name("sentiment").unwrap().as_primitive::<Float32Type>().values().to_vec()).sum()
            };
            let column = header.iter().position(|h| *h == "sentiment").unwrap();
            let want: f32 = csv.lines().skip(1).map(|l| l.split(',').nth(column).unwrap().parse::<f32>().unwrap()).sum();
            assert_eq!((sum(&parquet), sum(&arrow)), (want, want));
        }
    }
}

#[test]
fn reports_are_those_of_score() {
    let folder = Folder::new();
    let articles = articles(2);
    let text = folder.file("n.txt", &articles[1].text);
    let scored = support::stdout(&["score", "--format", "jsonl", "--evidence", &text]);
    let out = folder.path("out.jsonl");
    philippic().args(["batch", &text, "--evidence", "-q", "-o"]).arg(&out).assert().success();
    assert_eq!(std::fs::read_to_string(out).unwrap(), scored);
}

#[test]
fn a_broken_page_costs_its_row_group_alone() {
    let folder = Folder::new();
    let all = articles(30);
    let mut bytes = parquet(&all, 10);
    let metadata = parquet::file::metadata::ParquetMetaDataReader::new().parse_and_finish(&bytes::Bytes::copy_from_slice(&bytes)).unwrap();
    let column = metadata.row_group(1).column(2);
    let (start, length) = column.byte_range();
    bytes[start as usize + length as usize / 3..(start + length) as usize].fill(0xa5);
    let (input, out) = (folder.file("a.parquet", bytes), folder.path("out.csv"));
    let run = philippic().args(["batch", &input, "--documents", "-o"]).arg(&out).assert().code(1);
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("1 rejected (1 page)"), "{said}");
    let documents = std::fs::read_to_string(folder.path("out.documents.csv")).unwrap();
    assert!(documents.contains("\nn9,") && documents.contains("\nn20,") && documents.contains("\nn29,") && !documents.contains("\nn15,"));
    let rejects = lines(&std::fs::read_to_string(folder.path("out.csv.rejects.jsonl")).unwrap());
    assert!(rejects[0]["message"].as_str().unwrap().starts_with("row group 1 cannot be decoded after its row "), "{rejects:?}");
    // Row groups that swell.
    let swollen = vec![Article { id: "x".into(), date: String::new(), text: "a".repeat(70 << 20) }];
    let input = folder.file("swollen.parquet", parquet(&swollen, 10));
    let run = philippic().args(["batch", &input, "--max-ratio", "5", "--overwrite", "-o"]).arg(&out).assert().code(1);
    run.stderr(predicates::str::contains("1 rejected (1 bomb)"));
    // A file without its end, and one that is none.
    for (name, bytes) in [
        ("cut.parquet", parquet(&all, 10)[..900].to_vec()),
        ("none.parquet", b"no table".to_vec()),
        ("cut.arrow", arrow(&all, false)[..700].to_vec()),
    ] {
        let input = folder.file(name, bytes);
        philippic()
            .args(["batch", &input, "--overwrite", "-o"])
            .arg(&out)
            .assert()
            .code(1)
            .stderr(predicates::str::contains("1 rejected (1 page)"));
    }
}
