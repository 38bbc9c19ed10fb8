//! `--figures FILE`: figures that the user names.
//!
//! Tab-separated with a header line (`name`, and where wanted `aliases`, `roles`, `gender`; several values separated by `;`), or a JSON
//! array, or one JSON object a line.

use anyhow::{Context, bail};
use philippic::KnownFigure;

use super::args::read_text;

/// Reads the file.
pub(super) fn read(path: &str) -> anyhow::Result<Vec<KnownFigure>> {
    let text = read_text(path)?;
    let figures = parse(&text).with_context(|| path.to_string())?;
    if figures.is_empty() {
        bail!("{path}: no figures; write a header line \"name<TAB>aliases\" and a line for each figure");
    }
    Ok(figures)
}

pub(super) fn parse(text: &str) -> anyhow::Result<Vec<KnownFigure>> {
    let text = text.trim_start_matches('\u{feff}');
    let figures: Vec<KnownFigure> = match text.trim_start().chars().next() {
        Some('[') => serde_json::from_str(text)?,
        Some('{') => {
            lines(text).map(|(n, line)| serde_json::from_str(line).with_context(|| format!("line {n}"))).collect::<Result<_, _>>()?
        }
        _ => table(text)?,
    };
    for (n, figure) in figures.iter().enumerate() {
        if figure.name.trim().is_empty() {
            bail!("figure {} has no name", n + 1);
        }
        if !matches!(figure.gender.as_deref(), None | Some("m" | "f")) {
            bail!("gender of {:?} is {:?}; use m or f, or leave it out", figure.name, figure.gender.as_deref().unwrap_or(""));
        }
    }
    Ok(figures)
}

/// Lines with something in them that are no comment, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("# "))
}

fn table(text: &str) -> anyhow::Result<Vec<KnownFigure>> {
    let mut rows = lines(text);
    let Some((_, header)) = rows.next() else { return Ok(Vec::new()) };
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    if let Some(unknown) = columns.iter().find(|c| !["name", "aliases", "gender", "roles"].contains(c)) {
        bail!("line 1: unknown column {unknown:?}; the header line has name, and where wanted aliases, gender, roles, separated by tabs");
    }
    if !columns.contains(&"name") {
        bail!("line 1: no column \"name\"");
    }
    rows.map(|(n, row)| {
        let mut figure = KnownFigure::default();
        let values: Vec<&str> = row.split('\t').collect();
        if values.len() > columns.len() {
            bail!("line {n}: {} columns, but the header line has {}", values.len(), columns.len());
        }
        for (column, value) in columns.iter().zip(values) {
            let list = || value.split(';').map(str::trim).filter(|v| !v.is_empty()).map(String::from).collect();
            match *column {
                "name" => figure.name = value.trim().to_string(),
                "aliases" => figure.aliases = list(),
                "roles" => figure.roles = list(),
                _ => figure.gender = Some(value.trim().to_string()).filter(|v| !v.is_empty()),
            }
        }
        Ok(figure)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let want = vec![
            KnownFigure {
                name: "Jane Roe".into(),
                aliases: vec!["Roe".into(), "JR".into()],
                gender: Some("f".into()),
                roles: vec!["mayor".into()],
            },
            KnownFigure { name: "Ann Poe".into(), ..KnownFigure::default() },
        ];
        let tsv = "# ours\nname\taliases\tgender\troles\nJane Roe\tRoe; JR\tf\tmayor\n\nAnn Poe\n";
        let json = r#"[{"name":"Jane Roe","aliases":["Roe","JR"],"gender":"f","roles":["mayor"]},{"name":"Ann Poe"}]"#;
        let jsonl = "{\"name\":\"Jane Roe\",\"aliases\":[\"Roe\",\"JR\"],\"gender\":\"f\",\"roles\":[\"mayor\"]}\n{\"name\":\"Ann Poe\"}\n";
        for text in [tsv, json, jsonl] {
            assert_eq!(parse(text).unwrap(), want, "{text}");
        }
    }

    #[test]
    fn refusals() {
        let rows = [
            (
                "Jane Roe\n",
                "line 1: unknown column \"Jane Roe\"; the header line has name, and where wanted aliases, gender, roles, separated by tabs",
            ),
            ("name\nJane\tRoe\n", "line 2: 2 columns, but the header line has 1"),
            ("name\tgender\nJane\twoman\n", "gender of \"Jane\" is \"woman\"; use m or f, or leave it out"),
            ("name\taliases\n \tx\n", "figure 1 has no name"),
        ];
        for (text, want) in rows {
            assert_eq!(format!("{:#}", parse(text).unwrap_err()), want);
        }
    }
}
