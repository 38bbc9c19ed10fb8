//! A run as a whole: the same for any number of workers, undisturbed by kills and bad records, and never twice.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a panic is how a test fails

#[path = "support/news.rs"]
mod news;
mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use news::articles;
use predicates::prelude::*;
use predicates::str::contains;
use support::{Folder, lines, philippic};

fn one_line() -> impl Predicate<str> {
    predicate::function(|s: &str| s.lines().count() == 1 && s.starts_with("philippic: "))
}

/// Input with bad records in it.
fn mixed(count: usize) -> String {
    let mut out = String::new();
    for (i, line) in news::jsonl(&articles(count)).lines().enumerate() {
        out.push_str(line);
        out.push('\n');
        if i % 50 == 7 {
            out.push_str("{\"id\": 1, \"text\": broken}\n");
        }
    }
    out
}

/// Names and bytes of the files in a folder.
type Files = Vec<(String, Vec<u8>)>;

fn files(folder: &Path) -> Files {
    let mut all: Files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    all.sort();
    all
}

const SMALL: [&str; 8] = ["--checkpoint", "16K", "--row-group", "100", "--documents", "--cues", "-q", "--keep=date"];

#[test]
fn any_number_of_workers_writes_the_same_bytes() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl", mixed(240));
    for out in ["out.jsonl", "out.csv", "out.parquet", "out.arrow"] {
        let made: Vec<_> = ["1", "2", "5"]
            .iter()
            .map(|jobs| {
                let to = Folder::new();
                philippic().args(["batch", &input, "-j", jobs, "-o"]).arg(to.path(out)).args(SMALL).assert().code(1);
                files(&to.path("."))
            })
            .collect();
        assert!(made[0] == made[1] && made[1] == made[2], "{out}");
        let names: Vec<&str> = made[0].iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&format!("{out}.rejects.jsonl").as_str()) && names.iter().all(|n| !n.contains("partial")), "{names:?}");
    }
}

#[test]
fn records_name_figures_of_their_own() {
    let folder = Folder::new();
    let text = "The lighthouse keeper robbed the crew. Quibble lied to the council.";
    let figure = r#"{"name":"Mary Quibble","aliases":["Quibble"],"gender":"f","roles":["lighthouse keeper"]}"#;
    let quoted = figure.replace('"', "\"\"");
    let inputs = [
        (
            "a.jsonl",
            format!("{{\"id\":\"a\",\"text\":\"{text}\",\"about\":[{figure},\"Nobody Else\"]}}\n{{\"id\":\"b\",\"text\":\"{text}\"}}\n"),
        ),
        ("a.csv", format!("id,text,about\na,{text},\"[{quoted}]\"\nb,{text},\n")),
        // A list as Arrow prints it, and names alone.
        ("list.csv", format!("id,text,about\na,{text},\"[Nobody Else, Mary Quibble]\"\nb,{text},\n")),
        ("names.csv", format!("id,text,about\na,{text},Nobody Else; Mary Quibble\nb,{text},\n")),
    ];
    for ((name, input), mentions) in inputs.into_iter().zip([2, 2, 1, 1]) {
        let input = folder.file(name, input);
        let out = folder.path(&format!("{name}.out.jsonl"));
        philippic().args(["batch", &input, "-q", "--figures-field", "about", "--assume-language", "en", "-o"]).arg(&out).assert().success();
        let reports = lines(&std::fs::read_to_string(&out).unwrap());
        let of = |n: usize| reports[n]["figures"].as_array().unwrap().iter().find(|f| f["name"] == "Mary Quibble");
        assert_eq!(of(0).unwrap()["spans"].as_array().unwrap().len(), mentions, "{name}");
        // Its own only: the next record knows nothing of them.
        assert!(of(1).is_none(), "{name}");
    }
    let bad = folder.file("bad.jsonl", "{\"text\":\"She lied.\",\"about\":[7]}\n");
    let out = folder.path("bad.out.jsonl");
    philippic().args(["batch", &bad, "-q", "--figures-field", "about", "-o"]).arg(&out).assert().code(1);
    let rejects = std::fs::read_to_string(folder.path("bad.out.jsonl.rejects.jsonl")).unwrap();
    assert!(rejects.contains("\"reason\":\"figures\"") && rejects.contains("[7]"), "{rejects}");
}

/// Kills runs at random moments until one comes to its end.
fn kill_until_done(command: &dyn Fn() -> Command, seed: &mut u64, longest: u64) -> usize {
    for kills in 0..2000 {
        let mut child = command().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let wait = Duration::from_micros((*seed >> 33) % (longest * 1000));
        let started = Instant::now();
        while started.elapsed() < wait {
            if let Some(status) = child.try_wait().unwrap() {
                // 1 for the bad records; 0 where the kill before came after the end of the work.
                assert!(matches!(status.code(), Some(0 | 1)), "{status}");
                return kills;
            }
            std::thread::sleep(Duration::from_micros(300));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    panic!("never came to its end");
}

#[test]
fn killed_at_any_moment_and_resumed_nothing_is_missing_or_doubled() {
    // `PHILIPPIC_KILLS=200 cargo test --release` is the long form.
    let wanted: usize = std::env::var("PHILIPPIC_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    let folder = Folder::new();
    let input = folder.file("a.jsonl", mixed(400));
    let program = assert_cmd::cargo::cargo_bin!("philippic");
    let mut seed = 7;
    let outs = ["out.jsonl", "out.csv", "out.parquet", "out.arrow"];
    let command = |to: &Path, more: &[&str]| {
        let mut command = Command::new(program);
        command.args(["batch", &input, "-o"]).arg(to).args(SMALL).args(more);
        command
    };
    let undisturbed: Vec<(Files, Duration)> = outs
        .iter()
        .map(|out| {
            let to = Folder::new();
            let started = Instant::now();
            assert_eq!(command(&to.path(out), &[]).status().unwrap().code(), Some(1));
            (files(&to.path(".")), started.elapsed())
        })
        .collect();
    let mut kills = 0;
    let mut round = 0;
    while kills < wanted {
        let at = round % outs.len();
        round += 1;
        let to = Folder::new();
        let path = to.path(outs[at]);
        let longest = u64::try_from(undisturbed[at].1.as_millis()).unwrap().max(20);
        kills += kill_until_done(&|| command(&path, &["--resume"]), &mut seed, longest);
        assert!(files(&to.path(".")) == undisturbed[at].0, "{} after {kills} kills: {:?}", outs[at], names(&to.path(".")));
    }
}

fn names(folder: &Path) -> Vec<(String, usize)> {
    files(folder).into_iter().map(|(name, bytes)| (name, bytes.len())).collect()
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_was_done() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl", mixed(2000));
    let program = assert_cmd::cargo::cargo_bin!("philippic");
    for (out, so_far) in [("out.csv", "out.csv.partial"), ("out.parquet", "out.sofar.parquet")] {
        let path = folder.path(out);
        let run = |more: &[&str]| {
            let mut command = Command::new(program);
            command.args(["batch", &input, "--checkpoint", "16K", "--row-group", "200", "-o"]).arg(&path).args(more);
            command
        };
        let child = run(&[]).stderr(Stdio::piped()).spawn().unwrap();
        let journal = folder.path(&format!("{out}.journal"));
        let started = Instant::now();
        while !(std::fs::read_to_string(&journal).is_ok_and(|j| !j.contains("\"record\":0}"))) {
            assert!(started.elapsed() < Duration::from_secs(60), "no journal");
            std::thread::sleep(Duration::from_millis(2));
        }
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("run the same command with --resume to go on"), "{said}");
        assert!(folder.path(so_far).metadata().unwrap().len() > 500, "{said}");
        assert!(!path.exists());
        assert_eq!(run(&["--resume", "-q"]).status().unwrap().code(), Some(1));
        assert!(path.exists() && !folder.path(so_far).exists() && !journal.exists());
        run(&["--resume"]).stderr(Stdio::null()).status().unwrap();
    }
    let whole = Folder::new();
    philippic().args(["batch", &input, "-q", "-o"]).arg(whole.path("out.csv")).assert().code(1);
    assert!(std::fs::read(whole.path("out.csv")).unwrap() == std::fs::read(folder.path("out.csv")).unwrap());
}

#[test]
fn what_is_there_is_not_overwritten() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl", news::jsonl(&articles(5)));
    let out = folder.path("out.csv");
    let batch = |more: &[&str]| philippic().args(["batch", &input, "-o"]).arg(&out).args(more).assert();
    batch(&[]).success().stderr(contains("out.csv: 5 documents, ").and(one_line()));
    batch(&[]).code(2).stderr(contains("out.csv: is there already; --overwrite to replace it").and(one_line()));
    batch(&["--resume"]).success().stderr(contains("is finished already"));
    batch(&["--overwrite"]).success();
    std::fs::write(folder.path("out.csv.journal"), "{\"half").unwrap();
    batch(&[]).code(2).stderr(contains("out.csv.journal: cannot go on, it is not a journal of this version; start again with --overwrite"));
    std::fs::remove_file(folder.path("out.csv.journal")).unwrap();
    philippic().args(["batch", &input, "-o", "scores.doc"]).assert().code(2).stderr(contains("cannot tell the output's format"));
    philippic()
        .args(["batch", &input, "-o", "/none/out.csv"])
        .assert()
        .code(2)
        .stderr(contains("/none: no such folder; make it first").and(one_line()));
    philippic()
        .args(["batch", "none.jsonl", "-o", "x.csv"])
        .assert()
        .code(2)
        .stderr(contains("none.jsonl: no such file or folder; check the path").and(one_line()));
    philippic().args(["batch", &input]).assert().code(2).stderr(contains("where to? -o OUT.parquet"));
}

#[test]
fn a_journal_of_other_options_or_inputs_is_refused() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl", mixed(300));
    let out = folder.path("out.csv");
    let stop = ["--max-rejects", "3", "--checkpoint", "8K"];
    let batch = |more: &[&str]| philippic().args(["batch", &input, "-o"]).arg(&out).args(more).assert();
    batch(&stop)
        .code(1)
        .stderr(contains("stopped after 4 rejects; what is done so far is in ").and(contains("--resume with a larger --max-rejects")));
    batch(&[])
        .code(2)
        .stderr(contains("out.csv: an unfinished run is there; --resume to go on, --overwrite to start again").and(one_line()));
    batch(&["--resume", "--keep", "date"])
        .code(2)
        .stderr(contains("the options, lexicons or program version are not those of the unfinished run").and(one_line()));
    batch(&["--resume"]).code(1).stderr(contains("300 documents"));
    let whole = std::fs::read(&out).unwrap();
    batch(&["--overwrite", "-q"]).code(1);
    assert!(std::fs::read(&out).unwrap() == whole);
    batch(&[&stop[..], &["--overwrite"]].concat()).code(1);
    std::fs::write(&input, mixed(301)).unwrap();
    batch(&["--resume"]).code(2).stderr(contains("the inputs are not those of the unfinished run"));
}

#[test]
fn bad_records_are_rejected_one_by_one() {
    let folder = Folder::new();
    let good = r#"{"id": "ok", "text": "Rain fell on the harbour."}"#;
    let long = format!("{{\"text\": \"{}\"}}", "x".repeat(70_000));
    let rows: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("a.jsonl", b"{\"text\": 7}".to_vec(), "not_text", "field \"text\" is not a string but 7"),
        ("a.jsonl", b"{\"title\": \"x\"}".to_vec(), "no_text", "no text field; --text-field can be one of: title"),
        ("a.jsonl", b"{\"text\": \"x\"".to_vec(), "json", "not JSON: EOF while parsing an object at line 1 column 12"),
        ("a.jsonl", b"[1, 2]".to_vec(), "json", "not a JSON object; a record is an object with a text field"),
        ("a.jsonl", b"{\"text\": \"caf\xe9\"}".to_vec(), "utf8", "not UTF-8 at byte 13"),
        ("a.jsonl", long.into_bytes(), "too_long", "70013 bytes, and the limit is 65536; raise --max-document if it is text"),
    ];
    for (name, bad, kind, message) in rows {
        let input = folder.file(name, [good.as_bytes(), b"\n", &bad, b"\n", good.as_bytes(), b"\n"].concat());
        let (rejects, documents) = rejected(&folder, &input, &["--max-document", "64K"]);
        assert_eq!((rejects.len(), documents), (1, 2), "{message}");
        let reject = &rejects[0];
        assert_eq!((reject["reason"].as_str().unwrap(), reject["message"].as_str().unwrap()), (kind, message));
        assert_eq!((reject["line"].as_u64(), reject["byte"].as_u64()), (Some(2), Some(good.len() as u64 + 1)), "{message}");
        assert_eq!(reject["file"].as_str().unwrap(), input);
        assert_eq!(reject["raw"].as_str().unwrap().len().min(10), bad.len().min(10), "{message}");
        assert_eq!(reject["raw_base64"].is_string(), kind == "utf8");
    }
}

/// The rejects of a run, and how many documents it had.
fn rejected(folder: &Folder, input: &str, more: &[&str]) -> (Vec<serde_json::Value>, u64) {
    let (out, summary) = (folder.path("out.csv"), folder.path("summary.json"));
    let run = philippic().args(["batch", input, "--overwrite", "-o"]).arg(&out).arg("--summary").arg(&summary).args(more).assert().code(1);
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.lines().all(|line| line.starts_with("philippic: ")), "{said}");
    let summary: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(summary).unwrap()).unwrap();
    let rejects = lines(&std::fs::read_to_string(folder.path("out.csv.rejects.jsonl")).unwrap());
    assert_eq!(summary["rejected"].as_u64().unwrap(), rejects.len() as u64);
    (rejects, summary["counts"]["documents"].as_u64().unwrap())
}

#[test]
fn a_stray_quote_costs_one_line() {
    let folder = Folder::new();
    let good = "id,text\n1,Rain fell.\n2,\"Two\nlines, \"\"quoted\"\".\"\n";
    let rows: [(&str, &str, u64, &str); 5] = [
        ("3,\"open\n4,Rain.\n5,Rain.\n", "stray_quote", 4, "a quote opens here and is not closed; correct the line"),
        ("3,\"open\n4,\"Rain.\"\n5,Rain.\n", "stray_quote", 4, "a quote opens here and closes lines later: "),
        ("3,one,more\n4,Rain.\n5,Rain.\n", "columns", 4, "3 columns, but the header has 2; look for a stray quote or separator"),
        ("3\n4,Rain.\n5,Rain.\n", "columns", 4, "1 columns, but the header has 2"),
        ("4,Rain.\n5,Ra\"in.\n\n6,", "", 4, ""),
    ];
    for (rest, kind, documents, message) in rows {
        let input = folder.file("a.csv", format!("{good}{rest}"));
        if kind.is_empty() {
            philippic()
                .args(["batch", &input, "--overwrite", "-o"])
                .arg(folder.path("out.csv"))
                .assert()
                .success()
                .stderr(contains("5 documents"));
            continue;
        }
        let (rejects, found) = rejected(&folder, &input, &[]);
        assert_eq!((rejects.len(), found), (1, documents), "{rest}: {rejects:?}");
        assert_eq!((rejects[0]["reason"].as_str().unwrap(), rejects[0]["line"].as_u64()), (kind, Some(5)), "{rest}");
        assert!(rejects[0]["message"].as_str().unwrap().starts_with(message), "{rejects:?}");
        assert!(rejects[0]["raw"].as_str().unwrap().starts_with('3'));
    }
}

#[test]
fn broken_compression_keeps_what_came_before() {
    use std::io::Write;
    let folder = Folder::new();
    let text = news::jsonl(&articles(1500));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    let gz = encoder.finish().unwrap();
    let zst = zstd::encode_all(text.as_bytes(), 1).unwrap();
    for (name, bytes, gone) in [
        ("cut.jsonl.gz", &gz[..gz.len() * 2 / 3], "the gzip data ends early after "),
        ("cut.jsonl.zst", &zst[..zst.len() * 2 / 3], "the zstd data ends early after "),
    ] {
        let input = folder.file(name, bytes);
        let (rejects, documents) = rejected(&folder, &input, &[]);
        assert!(rejects.len() == 1 && documents > 100, "{name}: {documents}, {rejects:?}");
        let message = rejects[0]["message"].as_str().unwrap();
        assert!(message.starts_with(gone) && message.ends_with(" bytes of text; what came before is kept"), "{message}");
    }
    let mut broken = gz.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 40].fill(0xff);
    let input = folder.file("broken.jsonl.gz", broken);
    assert!(rejected(&folder, &input, &[]).0.iter().any(|r| r["reason"] == "compressed"));
    // 100 MB of one letter in a few kB.
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(b'a'), 100_000_000), 1).unwrap();
    let input = folder.file("bomb.jsonl.zst", bomb);
    let (rejects, _) = rejected(&folder, &input, &["--max-ratio", "100"]);
    assert!(rejects[0]["message"].as_str().unwrap().starts_with("grows beyond 100 times its size ("), "{rejects:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_line_is_passed_over_in_little_memory() {
    let folder = Folder::new();
    let out = folder.path("out.csv");
    // 300 MB of one line down a pipe, then a record; the limit of address space would stop a program that held the line.
    let script = format!(
        "(head -c 300000000 /dev/zero | tr '\\0' x; echo; echo '{{\"text\": \"Rain fell.\"}}') | \
         {} batch - --input-format jsonl -q -o {}",
        assert_cmd::cargo::cargo_bin!("philippic").display(),
        out.display()
    );
    let output = Command::new("sh").args(["-c", &format!("ulimit -v 1000000; {script}")]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let rejects = lines(&std::fs::read_to_string(folder.path("out.csv.rejects.jsonl")).unwrap());
    assert_eq!((rejects[0]["length"].as_u64(), rejects[0]["reason"].as_str()), (Some(300_000_001), Some("too_long")));
    assert!(std::fs::read_to_string(out).unwrap().contains("\n-#2,0,0,10,"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_can_be_resumed() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl", news::jsonl(&articles(800)));
    let out = folder.path("out.csv");
    let program = assert_cmd::cargo::cargo_bin!("philippic");
    let run = |limit: &str, more: &str| {
        let script = format!("{limit} exec {} batch {input} --checkpoint 16K -q -o {} {more}", program.display(), out.display());
        Command::new("sh").args(["-c", &script]).output().unwrap()
    };
    let full = run("trap '' XFSZ; ulimit -f 80;", "");
    let said = String::from_utf8(full.stderr).unwrap();
    assert_eq!(full.status.code(), Some(2), "{said}");
    assert!(said.lines().count() == 1 && said.contains("out.csv.partial"), "{said}");
    assert!(!out.exists());
    assert_eq!(run("", "--resume").status.code(), Some(0));
    let whole = folder.path("whole.csv");
    philippic().args(["batch", &input, "-q", "-o"]).arg(&whole).assert().success();
    assert!(std::fs::read(whole).unwrap() == std::fs::read(out).unwrap());
}

#[cfg(unix)]
#[test]
fn an_input_that_vanishes_costs_itself_alone() {
    let folder = Folder::new();
    let here = folder.file("a.jsonl", news::jsonl(&articles(3)));
    let gone = folder.path("b.jsonl");
    std::os::unix::fs::symlink("/none", &gone).unwrap();
    philippic().args(["batch", &here, &gone.to_string_lossy(), "-o"]).arg(folder.path("x.csv")).assert().code(2);
    // One that goes between the listing and the reading: the pipe before it is opened after the listing.
    let (pipe, going, out) = (folder.path("pipe.jsonl"), folder.file("going.jsonl", news::jsonl(&articles(3))), folder.path("y.csv"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("philippic"));
    command.arg("batch").arg(&pipe).args([&going, &here, "--documents", "-o"]).arg(&out);
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut end = std::fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    std::fs::remove_file(&going).unwrap();
    std::io::Write::write_all(&mut end, news::jsonl(&articles(2)).as_bytes()).unwrap();
    drop(end);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("5 documents") && said.contains("1 rejected (1 unreadable)"), "{said}");
    let locked = folder.file("c.txt", [0_u8, 1, 2, 3, 0, 0, 9, 0, 0]);
    let (rejects, documents) = {
        let out = folder.path("out.csv");
        philippic().args(["batch", &here, &locked, "--documents", "-q", "-o"]).arg(&out).assert().code(1);
        (
            lines(&std::fs::read_to_string(folder.path("out.csv.rejects.jsonl")).unwrap()),
            std::fs::read_to_string(folder.path("out.documents.csv")).unwrap().lines().count() - 1,
        )
    };
    assert_eq!((rejects.len(), documents, rejects[0]["reason"].as_str()), (1, 3, Some("binary")));
}

#[test]
fn shards_are_done_once() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("in/sub")).unwrap();
    for (i, name) in ["a.jsonl", "b.jsonl", "sub/a.jsonl"].iter().enumerate() {
        std::fs::write(folder.path(&format!("in/{name}")), news::jsonl(&articles(5 + i))).unwrap();
    }
    let (input, out) = (folder.path("in"), folder.path("out"));
    let run = |more: &[&str]| {
        philippic().arg("batch").arg(&input).arg("--out-dir").arg(&out).args(["--output-format", "csv"]).args(more).assert()
    };
    run(&["--shard", "2/2"]).success().stderr(contains("inputs done: 1, done before: 0"));
    run(&[]).success().stderr(contains("inputs done: 2, done before: 1"));
    let marker = out.join("sub/a.jsonl.csv.done");
    let summary: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&marker).unwrap()).unwrap();
    assert_eq!(summary["counts"]["documents"], 7);
    let before = std::fs::read(out.join("sub/a.jsonl.csv")).unwrap();
    std::fs::remove_file(&marker).unwrap();
    run(&[]).success().stderr(contains("inputs done: 1, done before: 2"));
    assert!(std::fs::read(out.join("sub/a.jsonl.csv")).unwrap() == before);
    // A manifest names the inputs; two that would share an output are refused.
    let (one, two) = (folder.path("in/a.jsonl"), folder.path("in/sub/a.jsonl"));
    let manifest = folder.file("files.txt", format!("# inputs\n{}\n\n{}\n", one.display(), two.display()));
    philippic().args(["batch", "--manifest", &manifest, "-q", "-o"]).arg(folder.path("all.csv")).assert().success();
    philippic()
        .args(["batch", "--manifest", &manifest, "--out-dir"])
        .arg(&out)
        .assert()
        .code(2)
        .stderr(contains("would both be").and(one_line()));
}

#[test]
fn one_table_goes_to_standard_output() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl", mixed(60));
    let rejects = folder.path("bad.jsonl");
    for (more, out) in [(&["--output-format", "csv"][..], "out.csv"), (&[], "out.jsonl"), (&["--lines", "rows"], "rows.jsonl")] {
        let to = philippic().args(["batch", &input, "-o", "-", "--rejects"]).arg(&rejects).args(more).assert().code(1);
        philippic().args(["batch", &input, "-q", "-o"]).arg(folder.path(out)).args(more).assert().code(1);
        assert!(to.get_output().stdout == std::fs::read(folder.path(out)).unwrap(), "{out}");
        assert!(std::fs::read(&rejects).unwrap() == std::fs::read(folder.path(&format!("{out}.rejects.jsonl"))).unwrap());
    }
    let run = |more: &[&str]| philippic().args(["batch", &input, "-o", "-"]).args(more).assert();
    run(&[]).code(1).stderr(contains("standard output: 60 documents").and(contains("2 rejected (2 json); --rejects FILE keeps them")));
    run(&["--output-format", "parquet"]).code(2).stderr(contains("Parquet and Arrow need a file").and(one_line()));
    run(&["--resume"]).code(2).stderr(contains("cannot be gone on with"));
    run(&["--cues"]).code(2).stderr(contains("one table fits standard output"));
    assert!(!Path::new("-.journal").exists() && !Path::new("-.rejects.jsonl").exists());
    // A reader that goes away, and a disk without room.
    let sh = |script: String| Command::new("sh").args(["-c", &script]).output().unwrap();
    let program = assert_cmd::cargo::cargo_bin!("philippic").display().to_string();
    let head = sh(format!("{program} batch {input} -q -o - | head -c 10"));
    assert!(head.stdout.len() == 10 && !String::from_utf8_lossy(&head.stderr).contains("pipe"), "{head:?}");
    if cfg!(target_os = "linux") {
        let full = sh(format!("{program} batch {input} -q -o - > /dev/full"));
        let said = String::from_utf8_lossy(&full.stderr).into_owned();
        assert!(
            full.status.code() == Some(2) && said.matches("No space left on device").count() == 1 && said.contains("standard output: "),
            "{said}"
        );
    }
}

#[test]
fn a_dry_run_lists_and_writes_nothing() {
    let folder = Folder::new();
    let input = folder.file("a.jsonl.gz", "1234");
    folder.file("b.csv", "12");
    folder.file("c.bin", "1");
    let root: PathBuf = folder.path(".");
    philippic()
        .arg("batch")
        .arg(&root)
        .args(["--dry-run", "--exclude", "*.csv"])
        .assert()
        .success()
        .stdout(contains("a.jsonl.gz\tjsonl\tgzip\t4\n").and(contains("b.csv").not()))
        .stderr(contains("1 input, 4 bytes would be read"));
    philippic().args(["batch", &input, "--dry-run", "-o", "x.csv"]).assert().success();
}

#[test]
fn other_languages_are_marked_and_not_scored() {
    let folder = Folder::new();
    let german = "Der Minister sagte am Montag, dass die Gespräche gescheitert seien.\n\nNiemand im Raum hat gewollt, dass sie noch länger dauern, und das ist schade.";
    let text = format!(
        "{}\n{}\n",
        serde_json::json!({"id": "de", "text": german}),
        serde_json::json!({"id": "en", "text": "Mayor Ann Poe said that the plan had failed and that the city was on the brink of collapse."})
    );
    let input = folder.file("a.jsonl", text);
    let out = folder.path("out.csv");
    let run =
        |more: &[&str]| philippic().args(["batch", &input, "--documents", "--overwrite", "-o"]).arg(&out).args(more).assert().success();
    run(&[]).stderr(contains("marked and not scored, other languages: 1 de; --assume-language en to score them"));
    let table = std::fs::read_to_string(&out).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 4, "{table}");
    assert!(rows[1].starts_with("de,0,0,") && rows[1].contains(",,,,,,,,,,de,,,") && rows[2].starts_with("de,1,"), "{table}");
    assert!(std::fs::read_to_string(folder.path("out.documents.csv")).unwrap().contains("\nde,de,"));
    run(&["--assume-language", "en"]).stderr(contains("other languages").not());
    assert!(!std::fs::read_to_string(&out).unwrap().contains(",,,"));
    philippic()
        .args(["batch", &input, "-o", "x.csv", "--assume-language", "de"])
        .assert()
        .code(2)
        .stderr(contains("en is the only language with a lexicon"));
    let reports = folder.path("out.jsonl");
    philippic().args(["batch", &input, "-q", "-o"]).arg(&reports).assert().success();
    let reports = lines(&std::fs::read_to_string(reports).unwrap());
    assert_eq!((&reports[0]["language"], reports[0]["paragraphs"].as_array().unwrap().len()), (&"de".into(), 0));
}

#[test]
fn two_corpora_are_compared() {
    let folder = Folder::new();
    let corpus = |name: &str, sentence: &str| {
        let text: String = (0..40)
            .map(|i| format!("{}\n", serde_json::json!({"id": format!("{name}{i}"), "text": format!("{sentence}\n\nPresident John Doe opened school number {i}.")})))
            .collect();
        let input = folder.file(&format!("{name}.in.jsonl"), text);
        for extension in ["parquet", "csv", "arrow", "jsonl"] {
            philippic()
                .args(["batch", &input, "-q", "--cues", "--evidence", "-o"])
                .arg(folder.path(&format!("{name}.{extension}")))
                .assert()
                .success();
        }
    };
    corpus("a", "Mayor Ann Poe praised President John Doe as a great and honest leader. The new harbour is a wonderful success.");
    corpus(
        "b",
        "Mayor Ann Poe accused President John Doe of lying and corruption. The country is on the brink of a catastrophic collapse.",
    );
    let compare = |extension: &str| -> serde_json::Value {
        let paths = ["a", "b"].map(|name| folder.path(&format!("{name}.{extension}")).to_string_lossy().into_owned());
        let text = support::stdout(&["compare", &paths[0], &paths[1], "--json"]);
        serde_json::from_str(&text).unwrap()
    };
    let parquet = compare("parquet");
    assert_eq!((&parquet["a"]["documents"], &parquet["b"]["paragraphs"]), (&40.into(), &80.into()));
    let mean = |name: &str| parquet["means"].as_array().unwrap().iter().find(|m| m["score"] == name).unwrap()["difference"].clone();
    assert!(mean("sentiment")["value"].as_f64().unwrap() < 0.0, "{parquet}");
    assert!(mean("alarm")["low"].as_f64().unwrap() > 0.0, "{parquet}");
    assert!(parquet["cues"].as_array().unwrap().iter().any(|c| c["score"] == "alarm"), "{parquet}");
    assert!(!parquet["terms"].as_array().unwrap().is_empty(), "{parquet}");
    for extension in ["csv", "arrow"] {
        let other = compare(extension);
        for part in ["means", "figures", "cues", "terms"] {
            assert_eq!(other[part], parquet[part], "{extension}: {part}");
        }
    }
    let reports = compare("jsonl");
    assert_eq!((&reports["means"], &reports["figures"]), (&parquet["means"], &parquet["figures"]));
    let paths = ["a", "b"].map(|name| folder.path(&format!("{name}.csv")).to_string_lossy().into_owned());
    philippic()
        .args(["compare", &paths[0], &paths[1]])
        .assert()
        .success()
        .stdout(contains("Mean of paragraphs").and(contains("sentiment")));
    let none = folder.file("none.csv", "a,b\n1,2\n");
    philippic()
        .args(["compare", &paths[0], &none])
        .assert()
        .code(2)
        .stderr(contains("none.csv: no column \"id\" among a, b; give a table that"));
}
