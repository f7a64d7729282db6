"""A trial's report: text, HTML and JSON."""
import html
import json
import textwrap

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c1c1c;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem .7rem;
border-bottom:1px solid #d5d5d5}td.s{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.ok{color:#1b6e2d;font-weight:600}.bad{color:#a8201a;font-weight:600}h1{font-size:1.5rem}
td pre{white-space:pre-wrap;margin:0;font:13px/1.4 ui-monospace,monospace}
"""


def write(folder, title, facts, rows):
    """Writes report.txt, report.html and report.json; a row is (name, what, passed, seen, seconds)."""
    folder.mkdir(parents=True, exist_ok=True)
    passed = sum(row[2] for row in rows)
    verdict = f"{passed} of {len(rows)} scenarios passed"
    (folder / "report.txt").write_text(_text(title, verdict, facts, rows))
    (folder / "report.html").write_text(_html(title, verdict, facts, rows))
    keys = ("name", "what", "passed", "seen", "seconds")
    (folder / "report.json").write_text(json.dumps(
        {"title": title, "facts": facts, "scenarios": [dict(zip(keys, row)) for row in rows]}, indent=1) + "\n")
    return verdict


def _text(title, verdict, facts, rows):
    lines = [title, "=" * len(title), ""]
    lines += [f"{name}: {value}" for name, value in facts.items()] + ["", verdict, ""]
    for name, what, good, seen, seconds in rows:
        lines.append(f"{'passed' if good else 'FAILED'}  {name}  ({seconds:.0f} s)")
        lines += textwrap.wrap(f"done: {what}", 110, initial_indent="        ", subsequent_indent="              ")
        lines += textwrap.wrap(f"seen: {seen}", 110, initial_indent="        ", subsequent_indent="              ")
        lines.append("")
    return "\n".join(lines)


def _html(title, verdict, facts, rows):
    e = html.escape
    good = all(row[2] for row in rows)
    head = "".join(f"<li>{e(name)}: {e(str(value))}</li>" for name, value in facts.items())
    body = "".join(
        f"<tr><td>{e(name)}</td><td class='{'ok' if ok else 'bad'}'>{'passed' if ok else 'FAILED'}</td>"
        f"<td>{e(what)}</td><td><pre>{e(seen)}</pre></td><td class='s'>{seconds:.0f} s</td></tr>"
        for name, what, ok, seen, seconds in rows)
    return (f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{e(title)}</title><style>{STYLE}</style>"
            f"<h1>{e(title)}</h1><p class='{'ok' if good else 'bad'}'>{e(verdict)}</p><ul>{head}</ul>"
            "<table><thead><tr><th>scenario</th><th>result</th><th>what was done</th><th>what was seen</th>"
            f"<th>time</th></tr></thead><tbody>{body}</tbody></table></html>\n")
