//! Standard output and standard error: colour, width, notes and errors.

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Color, Effects, Style};
use clap::ColorChoice;

/// Width where nothing tells of one.
const COLUMNS: usize = 80;

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const NEGATIVE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
pub(super) const POSITIVE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
pub(super) const ALARM: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));
pub(super) const SARCASM: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Magenta)));
pub(super) const STANCE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));

/// The two streams of the program.
pub(super) struct Console {
    out: BufWriter<AutoStream<StdoutLock<'static>>>,
    errors: anstream::ColorChoice,
    colour: bool,
    width: Option<u16>,
    quiet: bool,
}

impl Console {
    pub(super) fn new(color: ColorChoice, width: Option<u16>, quiet: bool) -> Console {
        let asked = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        let resolved = |auto: anstream::ColorChoice| if asked == anstream::ColorChoice::Auto { auto } else { asked };
        let stdout = resolved(AutoStream::choice(&std::io::stdout()));
        Console {
            out: BufWriter::with_capacity(1 << 16, AutoStream::new(std::io::stdout().lock(), stdout)),
            errors: resolved(AutoStream::choice(&std::io::stderr())),
            colour: stdout != anstream::ColorChoice::Never,
            width,
            quiet,
        }
    }

    /// Whether standard output shows colour; styles written to it are stripped where it does not.
    pub(super) fn colour(&self) -> bool {
        self.colour
    }

    /// Whether notes are wanted.
    pub(super) fn quiet(&self) -> bool {
        self.quiet
    }

    /// Columns of standard output.
    pub(super) fn width(&self) -> usize {
        if let Some(width) = self.width {
            return usize::from(width);
        }
        let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
        let size = if std::io::stdout().is_terminal() { terminal() } else { None };
        size.unwrap_or(COLUMNS).clamp(40, 200)
    }

    /// A note on standard error: what was assumed or passed over.
    pub(super) fn note(&mut self, message: &str) {
        if !self.quiet {
            self.say(DIM, message);
        }
    }

    /// An error on standard error.
    pub(super) fn error(&mut self, message: &str) {
        self.say(NEGATIVE.effects(Effects::BOLD), message);
    }

    fn say(&mut self, style: Style, message: &str) {
        // What was printed before comes first on a terminal; nobody is left to hear of a failure here.
        let _ = self.out.flush();
        let mut stream = AutoStream::new(std::io::stderr().lock(), self.errors);
        let message: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(stream, "{style}philippic:{style:#} {message}");
    }

    pub(super) fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.out.flush()?)
    }
}

impl Write for Console {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Whether the reader of standard output went away: `philippic score ... | head`.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

/// `text` in a style.
pub(super) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    let text = text.to_string();
    if style == PLAIN || text.is_empty() { text } else { format!("{style}{text}{style:#}") }
}
