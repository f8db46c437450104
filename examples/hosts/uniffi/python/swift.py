"""Every type, function and callback of the definition stands in the generated Swift: swift.py SOURCES SWIFT_FILE"""

import pathlib
import re
import sys

source = "\n".join(path.read_text() for path in sorted(pathlib.Path(sys.argv[1]).glob("*.rs")))
swift = pathlib.Path(sys.argv[2]).read_text()


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


types = re.findall(r"#\[derive\([^)]*uniffi::(?:Record|Enum|Object|Error)\)\]\s*pub (?:struct|enum) (\w+)", source)
exported = re.findall(r"#\[uniffi::export[^\]]*\]\n(.*?\n\})", source, re.S)
functions = [camel(name) for block in exported for name in re.findall(r"^ {0,4}(?:pub )?fn (\w+)", block, re.M)]
traits = [name for block in exported for name in re.findall(r"^pub trait (\w+)", block, re.M)]
assert len(types) > 20 and len(functions) > 50 and len(traits) == 9, (len(types), len(functions), len(traits))
missing = [name for name in types if not re.search(rf"\b(?:struct|enum|class) {name}\b", swift)]
missing += [name for name in traits if not re.search(rf"\bprotocol {name}\b", swift)]
missing += [name for name in functions if not re.search(rf"\bfunc `?{name}`?\(", swift)]
assert not missing, f"not in the Swift sources: {missing}"
print(f"swift: {len(types)} types, {len(traits)} protocols and {len(functions)} functions generated, not compiled")
