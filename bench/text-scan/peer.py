"""The peer of text-scan.ts: datasketch as its documentation shows it. One round of work per line on stdin.

MinHash with 128 permutations over 5-word shingles, and an LSH of the same works at a Jaccard threshold of 0.5.
"""

import json
import re
import sys
import time

import datasketch

WORD = re.compile(r"\w+")


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))}


def sketch(text):
    minhash = datasketch.MinHash(num_perm=128)
    minhash.update_batch(list(shingles(text)))
    return minhash


def load(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def main():
    works, items, excerpts = (load(path) for path in sys.argv[1:4])
    index = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    for number, work in enumerate(works):
        index.insert(str(number), sketch(work))
    found = sum(1 for item in excerpts if index.query(sketch(item)))
    print(json.dumps({"version": datasketch.__version__, "found": found}), flush=True)
    for _ in sys.stdin:
        started = time.process_time()
        hits = sum(1 for item in items if index.query(sketch(item)))
        print(json.dumps({"seconds": time.process_time() - started, "hits": hits}), flush=True)


main()
