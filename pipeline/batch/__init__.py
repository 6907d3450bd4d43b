"""Many documents: what is missing goes to an engine in chunks, results are kept, tables are put together in input order.

keys          what a result hangs on: the bytes, the source, the rules, the settings
plan          every input in order, and whether its result is kept already
chunks        a few inputs that one worker reads in a row
work          a chunk -> its documents; what a worker does
copies        documents that come again byte for byte, analysed once
shards        the documents of a chunk as one Parquet file
shard_reader  the documents of shards, read in order
stores        the folder of the shards, on disk or in an object store
engine_work   which engine does what no earlier run has done
assembly      shards -> tables, in the order of the inputs
exports       the tables as CSV and Excel, never older than the tables
out_folder    what of the folder is the run's, and that it writes there alone
summary       what a run did
running       all of it: run()
"""

from __future__ import annotations

from pipeline.batch.chunks import Chunk
from pipeline.batch.exports import export
from pipeline.batch.running import run
from pipeline.batch.summary import Summary

__all__ = ["Chunk", "Summary", "export", "run"]
