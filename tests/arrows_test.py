"""The arrows of the house: which room may include which, and which libraries belong to one room alone.

Reads the #include lines of every source file and the links of every room's CMakeLists.txt, and fails with file:line for
each arrow that is not allowed. A room that can include what it should not know soon does.
"""

import re
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

# Room -> the rooms it may include, itself among them. The innermost room that holds a file is the one that counts.
# "storage" means the ports, files that lie directly in storage/; a driver is a room of its own, seen by main.cpp alone.
ROOMS = {
    "bot": {"bot"},
    "config": {"config", "bot"},
    "storage": {"storage", "bot"},
    "storage/sqlite": {"storage/sqlite", "storage", "bot"},
    "handlers": {"handlers", "handlers/http", "handlers/paper", "storage", "config", "bot"},
    "handlers/http": {"handlers/http"},
    "handlers/paper": {"handlers/paper", "bot"},
    "commands": {"commands", "handlers", "handlers/http", "handlers/paper", "storage", "config", "bot"},
}
# These stand outside of the house and may look at everything: main.cpp puts it together, tests and bench measure it,
# training makes a data file.
OUTSIDE = {"main.cpp", "tests", "bench", "training"}

# Targets that are not named after their room.
TARGETS = {"http": "handlers/http", "paper": "handlers/paper", "channels": "handlers", "storage_sqlite": "storage/sqlite"}

# Library -> the rooms that may include its headers.
LIBRARIES = {
    r"boost/beast": {"handlers/http"},
    r"boost/asio": {"handlers/http"},
    r"openssl/ssl": {"handlers/http"},
    r"toml\+\+/": {"config"},
    r"nlohmann/": {"config", "storage", "storage/sqlite", "handlers", "commands"},
    r"SQLiteCpp/|sqlite3": {"storage/sqlite"},
    r"sodium": {"storage"},
    r"cairo|pango|qrencode": {"handlers/paper"},
    r"prometheus/": {"handlers"},
    r"spdlog/": {"handlers", "handlers/http", "commands"},
}
# The loop itself, without sockets, is also known to those who start it.
LOOP = {"io_context", "post", "steady_timer", "signal_set", "executor_work_guard"}
LOOP_HOLDERS = ("handlers/app.", "commands/")

# The thinking has no file, clock, randomness or thread. What it may use is named, so that anything new is a decision.
BOT_LIBRARIES = re.compile(r"unicode/|boost/geometry|date/date\.h|fmt/")
BOT_STANDARD_REFUSED = {
    "atomic", "condition_variable", "filesystem", "fstream", "future", "iostream", "mutex", "random", "shared_mutex", "thread",
}

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
ROOM_CALL = re.compile(r"kentongan_room\((\w+)(.*?)\)", re.DOTALL)


def room_of(path):
    """The innermost room of a path from the project's root, or None when it is in none."""
    parts = path.split("/")
    for depth in range(len(parts) - 1, 0, -1):
        name = "/".join(parts[:depth])
        if name in ROOMS:
            return name
    return None


def fault_of_own(room, header):
    target = room_of(header)
    if target is None:
        return f'"{header}" is in no room: write includes from the project\'s root'
    if target not in ROOMS[room]:
        return f"{room} may not include {target} ({header})"
    return None


def fault_of_library(room, path, header):
    if room == "bot":
        standard = "/" not in header and "." not in header
        if (standard and header not in BOT_STANDARD_REFUSED) or BOT_LIBRARIES.match(header):
            return None
        return f"bot may not include <{header}>: it is pure"
    loop = re.fullmatch(r"boost/asio/(\w+)\.hpp", header)
    if loop and loop[1] in LOOP and path.startswith(LOOP_HOLDERS):
        return None
    for pattern, rooms in LIBRARIES.items():
        if re.match(pattern, header) and room not in rooms:
            return f"{room} may not include <{header}>: it belongs to {', '.join(sorted(rooms))}"
    return None


def include_faults(project):
    tops = sorted({room.split("/")[0] for room in ROOMS})
    for file in sorted(file for top in tops for file in (project / top).rglob("*.[chi]pp")):
        path = file.relative_to(project).as_posix()
        room = room_of(path)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            own, library = found.groups()
            fault = fault_of_own(room, own) if own else fault_of_library(room, path, library)
            if fault:
                yield f"{path}:{number}: {fault}"


def link_faults(project):
    for top in sorted({room.split("/")[0] for room in ROOMS}):
        file = project / top / "CMakeLists.txt"
        if not file.exists():
            continue
        text = file.read_text(encoding="utf-8")
        for call in ROOM_CALL.finditer(text):
            room = TARGETS.get(call[1], call[1])
            place = f"{top}/CMakeLists.txt:{text.count(chr(10), 0, call.start()) + 1}"
            if room not in ROOMS:
                yield f"{place}: {call[1]} is no room: name it in tests/arrows_test.py"
                continue
            for link in re.findall(r"\bkentongan_(\w+)", call[2]):
                target = TARGETS.get(link, link)
                if target in ROOMS and target not in ROOMS[room]:
                    yield f"{place}: {room} may not link {target}"


def folder_faults(project):
    for folder in sorted(project.iterdir()):
        if not folder.is_dir() or folder.name in ROOMS or folder.name in OUTSIDE | {"build", "cmake"}:
            continue
        if not folder.name.startswith(".") and next(folder.rglob("*.[ch]pp"), None):
            yield f"{folder.name}/: holds code but is no room: name it in tests/arrows_test.py"


def faults(project):
    return [*include_faults(project), *link_faults(project), *folder_faults(project)]


class arrows(unittest.TestCase):
    def test_the_house_has_no_forbidden_arrow(self):
        found = faults(PROJECT)
        self.assertEqual([], found, "\n" + "\n".join(found))

    def test_forbidden_arrows_are_seen(self):
        wrong = {
            "bot/a.cpp": ['#include "storage/store.hpp"', "#include <fstream>", "#include <nlohmann/json.hpp>"],
            "config/a.cpp": ['#include "handlers/utf8.hpp"'],
            "storage/a.hpp": ['#include "storage/sqlite/driver.hpp"', "#include <SQLiteCpp/Backup.h>"],
            "handlers/a.cpp": ['  #  include "storage/sqlite/driver.hpp"', "#include <boost/asio/post.hpp>", "#include <toml++/toml.h>"],
            "handlers/app.cpp": ["#include <boost/asio/ip/tcp.hpp>", '#include "utf8.hpp"'],
            "handlers/http/a.cpp": ['#include "handlers/utf8.hpp"'],
            "commands/a.cpp": ['#include "storage/sqlite/driver.hpp"', "#include <boost/beast/core.hpp>"],
            "bot/CMakeLists.txt": ["kentongan_room(bot SOURCES x.cpp", "  LINKS kentongan_config)"],
            "brain/a.cpp": ["#include <string>"],
        }
        allowed = {
            "bot/b.cpp": ['#include "bot/moment.hpp"', "#include <chrono>", "#include <unicode/uchar.h>"],
            "storage/sqlite/b.cpp": ['#include "storage/sqlite/driver.hpp"', "#include <sqlite3.h>"],
            "handlers/b.cpp": ['#include "storage/store.hpp"', '#include "handlers/http/client.hpp"'],
            "handlers/app.hpp": ["#include <boost/asio/io_context.hpp>"],
            "handlers/http/b.cpp": ["#include <boost/beast/core.hpp>", "#include <boost/asio/ip/tcp.hpp>"],
            "tests/b.cpp": ['#include "storage/sqlite/driver.hpp"'],
            "main.cpp": ['#include "storage/sqlite/driver.hpp"'],
        }
        with tempfile.TemporaryDirectory() as name:
            project = Path(name)
            for path, lines in {**wrong, **allowed}.items():
                (project / path).parent.mkdir(parents=True, exist_ok=True)
                (project / path).write_text("\n".join(lines) + "\n", encoding="utf-8")
            found = sorted(fault.split(": ")[0] for fault in faults(project))
        expected = [
            f"{path}:{number}"
            for path, lines in wrong.items()
            if path.endswith("pp") and not path.startswith("brain")
            for number in range(1, len(lines) + 1)
        ]
        self.assertEqual(sorted([*expected, "bot/CMakeLists.txt:1", "brain/"]), found)


if __name__ == "__main__":
    sys.exit(unittest.main())
