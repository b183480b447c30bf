"""The calls of gql in the Python files below a folder, as Python itself reads them: where each stands, and where the texts
stand that its argument names. Usage: sites.py FOLDER"""

import ast
import collections
import json
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
texts_of = {path: path.read_bytes() for path in sorted(root.rglob("*.py"))}
trees = {path: ast.parse(text) for path, text in texts_of.items() if b"gql" in text.lower()}
parents = {part: node for tree in trees.values() for node in ast.walk(tree) for part in ast.iter_child_nodes(node)}


def name_of(node):
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)


def scopes(node):
    """The functions and the file around a part, from within, and None for all files."""
    while node in parents:
        node = parents[node]
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)):
            yield node
    yield None


# The values of each name within a function, a file or all files, those within inner functions included.
bindings = collections.defaultdict(list)
for path, tree in trees.items():
    for node in ast.walk(tree):
        value = getattr(node, "value", None)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for name in {name_of(target) for target in targets} - {None} if value is not None else ():
            for scope in scopes(node):
                bindings[scope, name].append((path, value))


def texts(path, node, depth=0):
    """Where the texts stand that an expression is, is made of, or names."""
    if depth > 9:
        return [(path, node)]
    if isinstance(node, ast.IfExp):
        return texts(path, node.body, depth + 1) + texts(path, node.orelse, depth + 1)
    if isinstance(node, ast.Call):
        if depth > 0 and name_of(node.func) == "gql":
            # A call of its own, which is counted where it stands.
            return []
        method = name_of(node.func) in ("format", "replace", "strip")
        parts = [node.func.value] if method else node.args[:1]
        return [text for part in parts for text in texts(path, part, depth + 1)]
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return [(path, node)]
    found = next((found for scope in scopes(node) if (found := bindings.get((scope, name_of(node))))), [])
    return [text for other, value in found for text in texts(other, value, depth + 1)] if found else [(path, node)]


def place(path, node):
    return {"file": path.relative_to(root).as_posix(), "begin": node.lineno, "end": node.end_lineno}


calls = []
for path, tree in trees.items():
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == "gql" and node.args:
            of = sorted({tuple(place(*text).items()) for text in texts(path, node)})
            # Else it sends what another call made.
            if of:
                calls.append({"call": place(path, node), "texts": [dict(text) for text in of]})
json.dump(calls, sys.stdout)
