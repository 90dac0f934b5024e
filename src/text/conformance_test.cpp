// The public conformance cases of twitter-text, read at run time from a folder beside the source tree.
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "text/entities.h"
#include "text/validate.h"

namespace hoopoe::text {
namespace {

// Where Hoopoe means to differ: the case's description and why. A case that passes after all is an error.
const std::map<std::string, std::string> intended_differences = {
    {"DO NOT Autolink username over 20 characters", "handles of our own may have 30 characters"},
    {"Autolink a cashtag", "cashtags are recognised and not linked"},
};

using Strings = std::vector<std::string>;

// HOOPOE_CONFORMANCE, or shared/conformance/twitter-text beside the source tree or a folder that holds it.
std::filesystem::path conformance_folder() {
  const char* chosen = std::getenv("HOOPOE_CONFORMANCE");  // NOLINT(concurrency-mt-unsafe)
  if (chosen != nullptr) return chosen;
  for (auto folder = std::filesystem::path(HOOPOE_SOURCE_DIR).parent_path();; folder = folder.parent_path()) {
    auto cases = folder / "shared/conformance/twitter-text";
    if (std::filesystem::exists(cases) || folder == folder.root_path()) return cases;
  }
}

std::string with_indices(const std::string& name, Range range) {
  return name + " [" + std::to_string(range.begin) + "," + std::to_string(range.end) + "]";
}

std::string with_indices(const std::string& name, const YAML::Node& indices) {
  return with_indices(name, Range{indices[0].as<std::size_t>(), indices[1].as<std::size_t>()});
}

enum class Indices { with, without };

Strings found(const std::string& text, EntityKind kind, Indices indices) {
  Strings names;
  for (const Entity& entity : find_entities(text)) {
    if (entity.kind != kind) continue;
    const std::string name = entity.name + entity.list_slug;
    names.push_back(indices == Indices::with ? with_indices(name, entity.code_points) : name);
  }
  return names;
}

Strings expected_strings(const YAML::Node& expected) {
  Strings strings;
  for (const YAML::Node& node : expected) strings.push_back(node.as<std::string>());
  return strings;
}

Strings expected_indices(const YAML::Node& expected, const std::string& key) {
  Strings strings;
  for (const YAML::Node& node : expected) {
    const std::string slug = node["list_slug"] ? node["list_slug"].as<std::string>() : "";
    strings.push_back(with_indices(node[key].as<std::string>() + slug, node["indices"]));
  }
  return strings;
}

// What differs between a case and what the library does; empty: nothing.
using Check = std::function<std::string(const YAML::Node&)>;

template <class T>
std::string difference(const T& actual, const T& expected) {
  return actual == expected
             ? ""
             : "expected " + testing::PrintToString(expected) + ", got " + testing::PrintToString(actual);
}

Check extracts(EntityKind kind) {
  return [=](const YAML::Node& node) {
    return difference(found(node["text"].as<std::string>(), kind, Indices::without),
                      expected_strings(node["expected"]));
  };
}

Check extracts(EntityKind kind, const std::string& key) {
  return [=](const YAML::Node& node) {
    return difference(found(node["text"].as<std::string>(), kind, Indices::with),
                      expected_indices(node["expected"], key));
  };
}

std::string check_reply(const YAML::Node& node) {
  const auto& expected = node["expected"];
  return difference(find_reply_name(node["text"].as<std::string>()).value_or("(none)"),
                    expected.IsNull() ? "(none)" : expected.as<std::string>());
}

Check validates(const std::function<bool(const std::string&)>& is_valid) {
  return [=](const YAML::Node& node) {
    return difference(is_valid(node["text"].as<std::string>()), node["expected"].as<bool>());
  };
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string::npos) return "";
  const std::size_t from = begin + before.size();
  return text.substr(from, text.find(after, from) - from);
}

// The anchors of the other site's HTML, each as what it links: "@name", "@name/list", "#tag", "$TAG", or the
// address.
Strings anchors(const std::string& html) {
  Strings links;
  for (std::size_t at = html.find("<a "); at != std::string::npos; at = html.find("<a ", at + 1)) {
    const std::string anchor = html.substr(at, html.find("</a>", at) - at);
    const std::string kind = between(anchor, "class=\"tweet-url ", "\"");
    if (kind == "username" || kind == "list-slug") {
      links.push_back("@" + anchor.substr(anchor.find('>') + 1));
    } else if (!kind.empty()) {
      links.push_back(between(anchor, "title=\"", "\""));
    } else {
      links.push_back(between(anchor, "href=\"", "\""));
    }
  }
  return links;
}

// The entities of a text that become links, written as `anchors` writes them.
Check links(const std::set<EntityKind>& kinds) {
  return [=](const YAML::Node& node) {
    const std::map<EntityKind, std::string> signs = {
        {EntityKind::mention, "@"}, {EntityKind::hashtag, "#"}, {EntityKind::link, ""}};
    Strings linked;
    for (const Entity& entity : find_entities(node["text"].as<std::string>(), BareHosts::are_text)) {
      if (!kinds.contains(entity.kind) || !signs.contains(entity.kind)) continue;
      linked.push_back(signs.at(entity.kind) + entity.name + entity.list_slug);
    }
    return difference(linked, anchors(node["expected"].as<std::string>()));
  };
}

// Runs the named groups of a file and prints how many cases passed.
void run(const std::string& file, const std::vector<std::pair<std::string, Check>>& groups) {
  const auto path = conformance_folder() / file;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const YAML::Node tests = YAML::LoadFile(path.string())["tests"];
  int passed = 0;
  int total = 0;
  for (const auto& [group, check] : groups) {
    ASSERT_TRUE(tests[group]) << file << " has no group " << group;
    for (const YAML::Node& node : tests[group]) {
      const auto description = node["description"].as<std::string>();
      const std::string wrong = check(node);
      ++total;
      passed += wrong.empty() ? 1 : 0;
      if (intended_differences.contains(description)) {
        EXPECT_FALSE(wrong.empty()) << "no difference any more: " << description;
      } else {
        EXPECT_TRUE(wrong.empty()) << group << ": " << description << "\n  " << node["text"] << "\n  "
                                   << wrong;
      }
    }
  }
  std::cout << file << ": " << passed << " of " << total << " cases\n";
}

TEST(Conformance, entities_are_extracted) {
  run("extract.yml", {{"mentions", extracts(EntityKind::mention)},
                      {"mentions_with_indices", extracts(EntityKind::mention, "screen_name")},
                      {"mentions_or_lists_with_indices", extracts(EntityKind::mention, "screen_name")},
                      {"replies", check_reply},
                      {"urls", extracts(EntityKind::link)},
                      {"urls_with_indices", extracts(EntityKind::link, "url")},
                      {"urls_with_directional_markers", extracts(EntityKind::link, "url")},
                      {"tco_urls_with_params", extracts(EntityKind::link)},
                      {"hashtags", extracts(EntityKind::hashtag)},
                      {"hashtags_from_astral", extracts(EntityKind::hashtag)},
                      {"hashtags_with_indices", extracts(EntityKind::hashtag, "hashtag")},
                      {"cashtags", extracts(EntityKind::cashtag)},
                      {"cashtags_with_indices", extracts(EntityKind::cashtag, "cashtag")}});
}

TEST(Conformance, entities_are_linked) {
  const std::set<EntityKind> all = {EntityKind::mention, EntityKind::hashtag, EntityKind::cashtag,
                                    EntityKind::link};
  run("autolink.yml", {{"usernames", links({EntityKind::mention})},
                       {"lists", links({EntityKind::mention})},
                       {"hashtags", links({EntityKind::hashtag})},
                       {"urls", links({EntityKind::link})},
                       {"cashtags", links({EntityKind::cashtag})},
                       {"all", links(all)},
                       {"json", links(all)}});
}

TEST(Conformance, top_level_domains_are_known) {
  run("tlds.yml", {{"country", extracts(EntityKind::link)}, {"generic", extracts(EntityKind::link)}});
}

TEST(Conformance, whole_texts_are_validated) {
  run("validate.yml", {{"tweets", validates(is_valid_tweet)},
                       {"usernames", validates(is_valid_username)},
                       {"lists", validates(is_valid_list)},
                       {"hashtags", validates(is_valid_hashtag)},
                       {"urls", validates([](const std::string& text) { return is_valid_url(text); })},
                       {"urls_without_protocol", validates([](const std::string& text) {
                          return is_valid_url(text, Scheme::optional);
                        })}});
}

}  // namespace
}  // namespace hoopoe::text
