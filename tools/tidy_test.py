"""Each rule of tools/tidy.py passes on a small good tree and fails on that tree with one thing wrong."""

import pathlib
import tempfile
import unittest
from unittest import mock

import tidy

GOOD = {
    "ARCHITECTURE.md": "| tier | folder |\n|---|---|\n| 0 | `base/` | a |\n| 1 | `text/` | b |\n| 1 | `crypto/` | c |\n",
    "CMakeLists.txt": "hoopoe_folder(base USES x)\nhoopoe_folder(text USES base)\nhoopoe_folder(crypto USES base)\n",
    "README.md": "# Hoopoe\nSee [the map](ARCHITECTURE.md), [below](#below-it), `src/base/id.h`.\n## Below it\n",
    "src/base/id.h": "// An id.\n#pragma once\n",
    "src/base/id.cpp": '#include "base/id.h"\n',
    "src/base/id_test.cpp": '#include "base/id.h"\n',
    "src/text/length.h": '#pragma once\n#include "base/id.h"\n',
    "src/crypto/hash.h": '#pragma once\n#include <vector>\n',
}


class Rules(unittest.TestCase):
    def differences(self, rule, changes):
        """What `rule` says of the good tree with these files written over it; None takes one away."""
        with tempfile.TemporaryDirectory() as folder, \
                mock.patch.multiple(tidy, COMING=[], LONG_FILES={}, NO_TEST_BESIDE={}):
            root = pathlib.Path(folder)
            for name, content in {**GOOD, **changes}.items():
                if content is not None:
                    (root / name).parent.mkdir(parents=True, exist_ok=True)
                    (root / name).write_text(content)
            return rule(root)

    def fails(self, rule, words, changes):
        self.assertEqual(self.differences(rule, {}), [], "the good tree must pass")
        found = self.differences(rule, changes)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def test_a_folder_outside_of_the_table_is_reported(self):
        self.fails(tidy.folders_are_in_the_table, "not in the table",
                   {"src/utils/x.h": "#pragma once\n"})

    def test_a_folder_of_the_table_that_is_gone_is_reported(self):
        self.fails(tidy.folders_are_in_the_table, "not in the tree", {"src/text/length.h": None})

    def test_a_folder_that_is_not_built_is_reported(self):
        self.fails(tidy.folders_are_in_the_table, "hoopoe_folder(base",
                   {"CMakeLists.txt": "hoopoe_folder(text)\nhoopoe_folder(crypto)\n"})

    def test_an_include_of_a_higher_tier_is_reported(self):
        self.fails(tidy.includes_point_down, "must not know text/",
                   {"src/base/id.h": '#pragma once\n#include "text/length.h"\n'})

    def test_an_include_of_the_same_tiers_other_folder_is_reported(self):
        self.fails(tidy.includes_point_down, "must not know text/",
                   {"src/crypto/hash.h": '#pragma once\n#include "text/length.h"\n'})

    def test_a_quoted_include_that_is_not_from_src_is_reported(self):
        self.fails(tidy.includes_point_down, "no file of src/", {"src/base/id.cpp": '#include "id.h"\n'})

    def test_a_long_header_is_reported(self):
        self.fails(tidy.files_are_short, "151 lines", {"src/base/id.h": "#pragma once\n" + "\n" * 150})

    def test_a_long_source_is_reported(self):
        self.fails(tidy.files_are_short, "401 lines", {"src/base/id.cpp": "\n" * 401})

    def test_an_exception_that_nothing_needs_is_reported(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(tidy, "LONG_FILES", {"src/base/id.h": "why"}):
            self.assertIn("needs no exception", tidy.files_are_short(pathlib.Path(folder))[0])

    def test_a_header_without_pragma_once_is_reported(self):
        self.fails(tidy.headers_are_guarded, "#pragma once", {"src/base/id.h": "int x;\n"})

    def test_a_source_without_a_test_is_reported(self):
        self.fails(tidy.tests_are_beside, "no id_test.cpp", {"src/base/id_test.cpp": None})

    def test_a_long_readme_is_reported(self):
        self.fails(tidy.readme_is_short, "91 lines", {"README.md": "\n" * 91})

    def test_a_link_to_nowhere_is_reported(self):
        self.fails(tidy.links_resolve, "leads nowhere", {"STYLE.md": "[x](NOTHING.md)\n"})

    def test_a_link_to_a_heading_that_is_gone_is_reported(self):
        self.fails(tidy.links_resolve, "no heading #gone", {"STYLE.md": "[x](README.md#gone)\n"})

    def test_a_path_that_is_gone_is_reported(self):
        self.fails(tidy.paths_exist, "`src/base/gone.h`", {"STYLE.md": "as `src/base/gone.h` does\n"})

    def test_the_host_of_a_registry_is_reported(self):
        self.fails(tidy.no_registry_hosts, "package registry", {"x.txt": "https:" + "//registry.example.org/a\n"})

    def test_a_resolved_address_in_a_lock_file_is_reported(self):
        self.fails(tidy.no_registry_hosts, "resolved address", {"package-lock.json": '"resolved": "x"\n'})

    def test_routes_and_their_document_are_compared_both_ways(self):
        code = '{Method::get, "/api/v1/posts/:id", show},\n{Method::del, "/api/v1/posts/:id", remove},\n'
        rows = "| GET | `/api/v1/posts/:id` |\n| DELETE | `/api/v1/posts/:id` |\n"
        good = {"src/api/routes.cpp": code, "docs/api.md": rows}
        self.assertEqual(self.differences(tidy.routes_are_documented, good), [])
        self.fails(tidy.routes_are_documented, "DELETE /api/v1/posts/:id is missing",
                   {**good, "docs/api.md": "| GET | `/api/v1/posts/:id` |\n"})
        self.fails(tidy.routes_are_documented, "POST /x is not routed",
                   {**good, "docs/api.md": rows + "| POST | `/x` |\n"})


if __name__ == "__main__":
    unittest.main()
