files! {
    "grammar.tsv"
}
