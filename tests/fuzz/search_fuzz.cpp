// What people search for: the accounts and the posts that are found are those that a plain comparison finds.

#include <algorithm>
#include <string>
#include <vector>

#include "app/accounts.h"
#include "app/timelines.h"
#include "domain/handle.h"
#include "net/encoding.h"
#include "tests/fuzz/require.h"
#include "tests/support/test_square.h"
#include "text/fold.h"
#include "text/tags.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;

constexpr int limit = 3;

struct Square {
  Square() {
    for (const char* handle : {"jack", "Jack_2", "jackie", "HassanRouhani", "mina", "a", "z_", "_"}) {
      handles.emplace_back(handle);
      people.push_back(square.person(handle));
    }
    std::ranges::sort(handles, {}, handle_key);
    for (const char* text : {"#Tweetup", "#tweetup #ايران", "#می\u200cشود", "#میشود #straße", "#STRASSE",
                             "#\u06f1\u06f2 #e\u0301t\u00e9", "#a_b", "#AB"}) {
      square.clock().advance(milliseconds(1));
      texts.emplace_back(text);
      posts.push_back(square.publish(people.front(), text).post->id);
    }
  }
  TestSquare square;
  std::vector<app::Actor> people;
  std::vector<std::string> handles;  // in their order
  std::vector<std::string> texts;    // of the posts
  std::vector<PostId> posts;         // oldest first
};

Square& square() {
  static Square made;
  return made;
}

void check_address(std::string_view text) {
  const auto address = parse_address(text);
  if (!address) return;
  require(!address->handle.empty() && !address->handle.contains('@'));
  require(text.ends_with(address->handle) || text.contains(address->handle + "@"));
  require(handle_key(address->domain) == address->domain);
  require(address->domain.empty() != text.substr(text.starts_with("acct:") ? 5 : 0).substr(1).contains('@'));
  if (const auto handle = parse_handle(text)) {
    require(*handle == text && address->handle == text && text.size() <= handle_characters_max);
  }
}

void check_accounts(std::string_view text) {
  std::vector<std::string> expected;
  const auto address = parse_address(text);
  const bool is_here = address && (address->domain.empty() || address->domain == square().square.app().host);
  for (const std::string& handle : square().handles) {
    if (!is_here || expected.size() == limit) break;
    if (handle_key(handle).starts_with(handle_key(address->handle))) expected.push_back(handle);
  }
  std::vector<std::string> found;
  for (const Account& account : app::search_accounts(square().square.app(), app::anonymous, text, limit)) {
    found.push_back(account.handle);
  }
  require(found == expected);
  const auto one = app::find_account_by_address(square().square.app(), text);
  require(!one || (is_here && handle_key(one->handle) == handle_key(address->handle)));
}

void check_tag(std::string_view tag) {
  std::vector<PostId> expected;
  for (std::size_t i = square().posts.size(); i-- > 0;) {
    const auto tags = text::folded_tags(square().texts[i]);
    if (std::ranges::find(tags, text::fold(tag)) != tags.end()) expected.push_back(square().posts[i]);
  }
  require(app::tag_timeline(square().square.app(), app::anonymous, tag, {}).covered == expected);
  for (const std::string& found : text::folded_tags(tag)) require(text::fold(found) == found);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  // Nothing else comes through the parameters and paths of a request.
  if (!net::is_clean_utf8(text)) return 0;
  check_address(text);
  check_accounts(text);
  check_tag(text);
  return 0;
}
