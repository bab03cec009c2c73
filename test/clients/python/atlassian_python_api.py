"""What scripts do with atlassian-python-api. Writes through one gateway, reads through the other.

Run by src/atlassian-python-api.spec.ts, each method as a test of its own; URL_1, URL_2, USERNAME, PASSWORD and SPACE come from the environment.
"""

import os
import time
import unittest
import uuid

from atlassian import Confluence
from atlassian.errors import ApiConflictError, ApiError
from requests import HTTPError

FOUND_WITHIN_SECONDS = 30
SPACE = os.environ["SPACE"]


def client(address: str, **credentials: str) -> Confluence:
    return Confluence(url=os.environ[address], **credentials)


class Pages(unittest.TestCase):
    def setUp(self) -> None:
        named = {"username": os.environ["USERNAME"], "password": os.environ["PASSWORD"]}
        self.writer, self.reader = client("URL_1", **named), client("URL_2", **named)
        self.title = f"Page {uuid.uuid4()}"
        self.page = self.writer.create_page(SPACE, self.title, "<p>First</p>", version_comment="Made by a script")
        self.id = self.page["id"]

    def test_creates_and_reads(self) -> None:
        page = self.reader.get_page_by_id(self.id, expand="body.storage,version,space")
        self.assertEqual(page["title"], self.title)
        self.assertEqual(page["body"]["storage"]["value"], "<p>First</p>")
        self.assertEqual(page["version"]["number"], 1)
        self.assertEqual(page["version"]["message"], "Made by a script")
        self.assertEqual(page["space"]["key"], SPACE)

    def test_refuses_a_title_that_is_taken(self) -> None:
        with self.assertRaises(HTTPError) as refused:
            self.writer.create_page(SPACE, self.title.upper(), "<p>Second</p>")
        self.assertEqual(refused.exception.response.status_code, 400)
        self.assertIn("already exists", str(refused.exception))

    def test_updates(self) -> None:
        self.writer.update_page(self.id, self.title, "<p>Second</p>", minor_edit=True, version_comment="Changed")
        page = self.reader.get_page_by_id(self.id, expand="body.storage,version")
        self.assertEqual(page["body"]["storage"]["value"], "<p>Second</p>")
        self.assertEqual(page["version"]["number"], 2)
        self.assertEqual((page["version"]["minorEdit"], page["version"]["message"]), (True, "Changed"))

    def test_updates_nothing_that_is_the_same(self) -> None:
        self.writer.update_page(self.id, self.title, "<p>First</p>")
        self.assertEqual(self.reader.get_page_by_id(self.id, expand="version")["version"]["number"], 1)

    def test_appends_and_prepends(self) -> None:
        self.writer.append_page(self.id, self.title, "<p>Last</p>")
        self.writer.prepend_page(self.id, self.title, "<p>Zeroth</p>")
        page = self.reader.get_page_by_id(self.id, expand="body.storage")
        self.assertEqual(page["body"]["storage"]["value"], "<p>Zeroth</p><p>First</p><p>Last</p>")

    def test_refuses_a_stale_version(self) -> None:
        stale = {"type": "page", "title": self.title, "version": {"number": 1}}
        with self.assertRaises(HTTPError) as refused:
            self.writer.update_content(self.id, stale)
        self.assertEqual(refused.exception.response.status_code, 409)
        self.assertIn("Version must be incremented on update. Current version is: 1", str(refused.exception))

    def test_refuses_a_body_that_is_no_xml(self) -> None:
        with self.assertRaises(HTTPError) as refused:
            self.writer.create_page(SPACE, f"Page {uuid.uuid4()}", "<p>broken")
        self.assertEqual(refused.exception.response.status_code, 400)

    def test_finds_by_title(self) -> None:
        self.assertEqual(self.reader.get_page_id(SPACE, self.title), self.id)
        self.assertTrue(self.reader.page_exists(SPACE, self.title))
        self.assertFalse(self.reader.page_exists(SPACE, "No such page"))

    def test_finds_by_cql(self) -> None:
        def found() -> list[str]:
            return [result["content"]["id"] for result in self.reader.cql_all(f'space = {SPACE} and title = "{self.title}"')]

        deadline = time.monotonic() + FOUND_WITHIN_SECONDS
        while found() != [self.id]:
            self.assertLess(time.monotonic(), deadline, "CQL doesn't find the page")
            time.sleep(0.1)

    def test_walks_the_tree(self) -> None:
        child = self.writer.create_page(SPACE, f"Page {uuid.uuid4()}", "<p>Child</p>", parent_id=self.id)
        self.assertEqual([page["id"] for page in self.reader.get_child_pages(self.id)], [child["id"]])
        self.assertEqual(self.reader.get_child_title_list(self.id), [child["title"]])
        self.assertEqual(self.reader.get_parent_content_id(child["id"]), self.id)
        self.assertEqual([page["id"] for page in self.reader.get_page_ancestors(child["id"])][-1], self.id)

    def test_sets_and_removes_labels(self) -> None:
        self.writer.set_page_label(self.id, "Kept")
        self.writer.set_page_label(self.id, "dropped")
        self.writer.remove_page_label(self.id, "dropped")
        self.assertEqual([label["name"] for label in self.reader.get_page_labels(self.id)["results"]], ["kept"])

    def test_keeps_properties(self) -> None:
        self.writer.set_page_property(self.id, {"key": "state", "value": {"done": False}})
        changed = {"key": "state", "value": {"done": True}, "version": {"number": 2}}
        self.writer.update_page_property(self.id, changed)
        self.assertEqual(self.reader.get_page_property(self.id, "state")["value"], {"done": True})
        with self.assertRaises(ApiConflictError):
            self.writer.update_page_property(self.id, changed)
        self.writer.delete_page_property(self.id, "state")
        with self.assertRaises(ApiError):
            self.reader.get_page_property(self.id, "state")

    def test_restricts(self) -> None:
        user = {"type": "known", "username": os.environ["USERNAME"]}
        group = {"type": "group", "name": "confluence-administrators"}
        self.writer.set_restrictions_for_content(
            self.id, [{"operation": "read", "restrictions": {"user": [user], "group": [group]}}]
        )
        read = self.reader.get_all_restrictions_for_content(self.id)["read"]["restrictions"]
        self.assertEqual([each["username"] for each in read["user"]["results"]], [os.environ["USERNAME"]])
        self.assertEqual([each["name"] for each in read["group"]["results"]], ["confluence-administrators"])
        self.writer.set_restrictions_for_content(
            self.id, [{"operation": "read", "restrictions": {"user": [], "group": []}}]
        )
        self.assertEqual(self.reader.get_all_restrictions_for_content(self.id)["read"]["restrictions"]["user"]["size"], 0)

    def test_attaches_and_downloads(self) -> None:
        self.writer.attach_content(b"bytes", "notes.txt", "text/plain", page_id=self.id, comment="A note")
        [attachment] = self.reader.get_attachments_from_content(self.id)["results"]
        self.assertEqual((attachment["title"], attachment["metadata"]["comment"]), ("notes.txt", "A note"))
        self.assertEqual(self.reader.get(attachment["_links"]["download"], not_json_response=True), b"bytes")

    def test_removes(self) -> None:
        self.writer.remove_page(self.id)
        with self.assertRaises(ApiError):
            self.reader.get_page_by_id(self.id)

    def test_signs_in_with_a_token(self) -> None:
        token = self.writer.post("rest/pat/latest/tokens", data={"name": self.title})["rawToken"]
        self.assertEqual(client("URL_2", token=token).get_page_by_id(self.id)["title"], self.title)


if __name__ == "__main__":
    unittest.main()
