"""Scores an archive with Spark: Parquet or JSON Lines in, partitioned Parquet out.

    spark-submit --master spark://HOST:7077 examples/spark_job.py news/ scores/ --text body --id url --keep date --partition date

Writes ``scores/paragraphs`` and ``scores/stances``. The package must be installed on the executors (``pip install 'philippic[spark]'``);
lexicons and figures are read here and sent along.
"""

from __future__ import annotations

import argparse

from philippic import Analyzer
from philippic import spark as philippic
from pyspark.sql import SparkSession


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("source", help="folder or pattern of .parquet or .jsonl (also compressed)")
    arguments.add_argument("output", help="folder to write")
    arguments.add_argument("--format", choices=["parquet", "json"], help="default: by the name of the source")
    arguments.add_argument("--text", default="text", help="column of the text")
    arguments.add_argument("--id", default="id", help="column of the id")
    arguments.add_argument("--keep", nargs="*", default=[], help="columns to copy")
    arguments.add_argument("--partition", nargs="*", default=[], help="kept columns to partition the output by")
    arguments.add_argument("--lexicon", action="append", default=[], help="a lexicon to add")
    arguments.add_argument("--figures", help="a file of figures")
    options = arguments.parse_args()

    session = SparkSession.builder.appName("philippic").getOrCreate()
    kind = options.format or ("json" if ".json" in options.source else "parquet")
    news = session.read.format(kind).load(options.source)
    analyzer = Analyzer(options.lexicon, options.figures)
    keep = list(dict.fromkeys([*options.keep, *options.partition]))
    for table in ("paragraphs", "stances"):
        scores = philippic.score(news, options.text, options.id, keep, table=table, analyzer=analyzer)
        scores.write.partitionBy(*options.partition).mode("errorifexists").parquet(f"{options.output}/{table}")
    session.stop()


if __name__ == "__main__":
    main()
