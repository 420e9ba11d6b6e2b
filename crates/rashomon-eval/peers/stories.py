#!/usr/bin/env python3
"""Groups the articles of a gold file by other methods, so that a margin can be stated.

    stories.py GOLD [--distractors FILE] [--miranda FOLDER] [--ours PRED]

Needs numpy, scipy and scikit-learn. Prints a table of BCubed precision, recall and F1 over the
articles of GOLD; whoever shares a group with a distractor loses precision for it.

agglomerative   TF-IDF of words (sublinear, English stop words), average linkage on the cosine
                distance, the threshold at which F1 is best ON THIS FILE: a bound that no real use
                reaches, as nobody knows that threshold before. --threshold N fixes it instead.
Miranda         Miranda, Znotins, Cohen & Barzdins, "Multilingual Clustering of Streaming News"
                (EMNLP 2018), written anew after the paper and the authors' program, with the
                weights that they published (FOLDER is models/en of their repository
                Priberam/news-clustering, BSD 3-clause; the files are read, not kept here). Their
                features came from a program that they did not publish: here words, stems and runs
                of capitalised words, weighed by the document frequencies of all articles at hand.
                Articles without a date count as told at the time of whatever they are compared
                with. The joining threshold is the published one and, in a second row, the best on
                this file.
ours            predictions of `rashomon-eval stories`, not shown among distractors: the file holds
                the gold articles alone, and the command itself counts the distractors.
"""
import argparse
import gzip
import json
import math
import re
from collections import Counter
from datetime import datetime, timezone

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def bcubed(gold, found):
    """gold: the story of each of the first articles; found: a group for each article."""
    sizes, stories = Counter(found), Counter(gold)
    both = Counter(zip(gold, found))
    p = sum(n * n / sizes[group] for (_, group), n in both.items()) / len(gold)
    r = sum(n * n / stories[story] for (story, _), n in both.items()) / len(gold)
    return p, r, 2 * p * r / (p + r)


def row(name, figures):
    print(f"{name:44} {figures[0]:.3f} {figures[1]:.3f} {figures[2]:.3f}", flush=True)


def agglomerative(items, gold, threshold):
    texts = [f"{item['title'] or ''}. {item['text']}" for item in items]
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32).fit_transform(texts)
    n = len(items)
    distances = np.empty(n * (n - 1) // 2, dtype=np.float64)
    at = 0
    for start in range(0, n, 512):
        rows = np.asarray((words[start:start + 512] @ words[start:].T).todense())
        for one, likeness in enumerate(rows[:, :]):
            length = n - (start + one) - 1
            distances[at:at + length] = 1.0 - likeness[one + 1:]
            at += length
    tree = linkage(np.maximum(distances, 0.0), "average")
    if threshold is not None:
        return threshold, bcubed(gold, fcluster(tree, threshold, "distance").tolist())
    tried = [(t, bcubed(gold, fcluster(tree, t, "distance").tolist())) for t in np.arange(0.5, 1.0, 0.01)]
    return max(tried, key=lambda pair: pair[1][2])


# ---------------------------------------------------------------- Miranda et al.

ENDINGS = re.compile(r"(ies|es|s|ing|ed|ly|ment|ation|ations|er|ers)$")
FEATURES = [f"{kind}_{part}" for kind in ("Tokens", "Lemmas", "Entities") for part in ("title", "body", "all")]


def stem(word):
    return ENDINGS.sub("", word) if len(word) > 5 else word


def entities(text):
    runs = re.findall(r"(?:[A-Z][\w'’-]+)(?:\s+[A-Z][\w'’-]+)*", text)
    return [run for run in runs if run.lower() not in ENGLISH_STOP_WORDS]


def features(item):
    title, body = item["title"] or "", item["text"]
    parts = {"title": title, "body": body, "all": title + "\n" + body}
    out = {}
    for part, text in parts.items():
        words = [word for word in re.findall(r"\w+", text.lower()) if word not in ENGLISH_STOP_WORDS]
        out[f"Tokens_{part}"] = Counter(words)
        out[f"Lemmas_{part}"] = Counter(map(stem, words))
        out[f"Entities_{part}"] = Counter(entities(text))
    return out


def matrices(items):
    counted = [features(item) for item in items]
    out = {}
    for feature in FEATURES:
        kind = feature.split("_")[0] + "_all"
        seen = Counter(term for one in counted for term in one[kind])
        number, rows, columns, values = {}, [], [], []
        for at, one in enumerate(counted):
            for term, count in one[feature].items():
                rows.append(at)
                columns.append(number.setdefault(term, len(number)))
                values.append((1 + math.log(count)) * math.log(1 + len(items) / max(seen[term], 1)))
        shape = (len(items), max(len(number), 1))
        out[feature] = sparse.csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float32)
    return out


def days(items):
    def day(text):
        if not text:
            return math.nan
        when = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return (when if when.tzinfo else when.replace(tzinfo=timezone.utc)).timestamp() / 86400
    return np.array([day(item["published"]) for item in items])


def weights(folder):
    from pathlib import Path
    files = list(Path(folder).iterdir())
    names = dict(line.split("\t") for file in files if file.suffix == ".ii" for line in file.read_text().split("\n") if line)
    lines = next(file for file in files if file.suffix == ".model").read_text().split("\n")
    pairs = (pair.split(":") for pair in lines[11].split("#")[0].split()[1:])
    rank = {names[number].strip(): float(weight) for number, weight in pairs}
    merge = [line.split("\t") for line in next(f for f in files if f.name.startswith("md_")).read_text().split("\n") if line]
    return rank, {name: float(weight) for name, weight in merge[1:]}


def miranda(items, terms, when, rank, merge, bias):
    """One article after the other joins the best cluster by `rank` if `merge` agrees."""
    n = len(items)
    label = np.full(n, -1)
    squares = {feature: np.zeros(n) for feature in FEATURES}
    newest, oldest, size = np.full(n, np.nan), np.full(n, np.nan), np.zeros(n)
    clusters = 0
    for at in range(n):
        best = -1
        if clusters:
            score, joins = np.zeros(clusters), np.full(clusters, -bias)
            dots = {}
            for feature in FEATURES:
                vector = terms[feature][at]
                likeness = np.asarray((terms[feature][:at] @ vector.T).todense()).ravel()
                dots[feature] = np.bincount(label[:at], weights=likeness, minlength=clusters)
                own = float(vector.multiply(vector).sum())
                cosine = dots[feature] / np.sqrt(np.maximum(squares[feature][:clusters] * own, 1e-12))
                score += rank.get(feature, 0.0) * cosine
                joins += merge.get(feature, 0.0) * cosine
            # The authors' program compares hours with seconds for RELEVANCE_TS, which is therefore 0.
            for name, other in (("NEWEST_TS", newest), ("OLDEST_TS", oldest)):
                apart = np.nan_to_num(when[at] - other[:clusters], nan=0.0)
                near = np.exp(-apart ** 2 / 18)
                score += rank.get(name, 0.0) * near
                joins += merge.get(name, 0.0) * near
            joins += merge.get("ZZINVCLUSTER_SIZE", 0.0) / np.minimum(size[:clusters], 100)
            first = int(score.argmax())
            if score[first] > 0 and joins[first] > 0:
                best = first
        if best < 0:
            best = clusters
            clusters += 1
        for feature in FEATURES:
            vector = terms[feature][at]
            own = float(vector.multiply(vector).sum())
            dot = dots[feature][best] if size[best] else 0.0
            squares[feature][best] += 2 * dot + own
        label[at] = best
        size[best] += 1
        newest[best] = np.fmax(newest[best], when[at])
        oldest[best] = np.fmin(oldest[best], when[at])
    return label.tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--distractors")
    parser.add_argument("--threshold", type=float)
    parser.add_argument("--miranda", metavar="FOLDER")
    parser.add_argument("--ours", metavar="PRED")
    options = parser.parse_args()
    gold = read(options.gold)
    stories = [item["story"] for item in gold]
    others = read(options.distractors) if options.distractors else []
    known = {item["id"] for item in gold}
    items = gold + [item for item in others if item["id"] not in known]
    print(f"{'BCubed over ' + str(len(gold)) + ' of ' + str(len(items)) + ' articles':44} P     R     F1")
    if options.ours and not others:
        found = {item["id"]: item["story"] for item in read(options.ours)}
        row("ours", bcubed(stories, [found.get(item["id"], item["id"]) for item in items]))
    threshold, figures = agglomerative(items, stories, options.threshold)
    row(f"agglomerative TF-IDF, threshold {threshold:.2f}", figures)
    if options.miranda:
        rank, merge = weights(options.miranda)
        when = days(items)
        order = sorted(range(len(items)), key=lambda at: (not math.isnan(when[at]), when[at]))
        terms = {feature: matrix[order] for feature, matrix in matrices(items).items()}
        place = {at: position for position, at in enumerate(order)}
        tried = []
        for bias in [0.0] if others else [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]:
            label = miranda([items[at] for at in order], terms, when[order], rank, merge, bias)
            tried.append((bias, bcubed(stories, [label[place[at]] for at in range(len(items))])))
            if bias == 0.0:
                row("Miranda et al. 2018, published weights", tried[0][1])
        bias, figures = max(tried, key=lambda pair: pair[1][2])
        row(f"the same, best threshold on this file ({bias})", figures)


if __name__ == "__main__":
    main()
