#include "base/settings.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "base/refusal.h"

namespace hoopoe {

namespace {

[[noreturn]] void refuse(const std::string& text) { throw Refusal(RefusalKind::bad_request, text); }

// How a value of each kind is written in TOML, and read from --set.
std::string show(const std::string& value) { return fmt::format("\"{}\"", value); }
std::string show(bool value) { return value ? "true" : "false"; }
std::string show(int value) { return std::to_string(value); }
std::string show(const std::vector<std::string>& values) {
  return values.empty() ? "[]" : fmt::format("[\"{}\"]", fmt::join(values, "\", \""));
}

void read(std::string_view, std::string_view text, std::string& value) { value = text; }
void read(std::string_view name, std::string_view text, bool& value) {
  if (text != "true" && text != "false") refuse(fmt::format("{} is true or false, not \"{}\".", name, text));
  value = text == "true";
}
void read(std::string_view name, std::string_view text, int& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    refuse(fmt::format("{} is a whole number, not \"{}\".", name, text));
  }
}
void read(std::string_view name, std::string_view text, std::vector<std::string>& values) {
  if (text.find_first_of("[]\"") != std::string_view::npos) {
    refuse(
        fmt::format("{} is a list: outside of a file, write one,two and neither brackets nor quotes.", name));
  }
  values.clear();
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) values.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
}

// What a TOML value says when it is written as --set would write it.
std::string as_text(std::string_view name, const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* flag = node.as_boolean()) return show(flag->get());
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  const auto* array = node.as_array();
  if (array == nullptr) refuse(fmt::format("{} has a value of a kind that no setting takes.", name));
  std::vector<std::string> texts;
  for (const toml::node& item : *array) texts.push_back(as_text(name, item));
  return fmt::format("{}", fmt::join(texts, ","));
}

struct Setting {
  SettingRow row;
  std::function<void(Settings&, std::string_view)> set;
};

template <class Value>
Setting setting(std::string_view name, Value Settings::* member, std::string_view meaning) {
  return {.row = {.name = name,
                  .meaning = meaning,
                  .show = [member](const Settings& settings) { return show(settings.*member); }},
          .set = [name, member](Settings& settings, std::string_view text) {
            read(name, text, settings.*member);
          }};
}

const std::vector<Setting>& all_settings() {
  static const std::vector<Setting> settings{
      setting("public_url", &Settings::public_url,
              "The address people reach this server by, without a slash at the end; empty: that of the "
              "listener."),
      setting("other_hosts", &Settings::other_hosts,
              "Other host names that it answers to, such as an onion name or a mirror."),
      setting("instance.title", &Settings::instance_title, "The name of this place."),
      setting("instance.description", &Settings::instance_description, "What it is, in a sentence."),
      setting("instance.notice", &Settings::instance_notice,
              "A line on top of every page, such as an announcement; empty: none."),
      setting("instance.rules", &Settings::instance_rules,
              "What people here are asked to keep to, one rule a line; empty: none are written down."),
      setting("instance.contact_email", &Settings::instance_contact_email, "How to reach its operator."),
      setting("instance.languages", &Settings::instance_languages,
              "Languages spoken here, as ISO 639 codes."),
      setting("sign_up.mode", &Settings::sign_up_mode,
              "open, approval, invite or closed; empty: open on a loopback listener, closed elsewhere."),
      setting("rate_limits.enabled", &Settings::rate_limits_enabled, "Refuse those who ask too often."),
      setting("outgoing.allow_private_addresses", &Settings::outgoing_allow_private_addresses,
              "Let requests to other servers reach private addresses and any port, such as a hub next door."),
      setting(
          "websub.hub", &Settings::websub_hub,
          "The WebSub hub that is told which feeds changed, as in https://pubsubhubbub.appspot.com/; empty: "
          "none, and readers of feeds ask by themselves."),
      setting("trusted_proxies", &Settings::trusted_proxies,
              "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or ranges."),
      setting("posts.characters_max", &Settings::posts_characters_max, "The length of a post; 1 to 10000."),
      setting("homes.megabytes_max", &Settings::homes_megabytes_max,
              "Memory for the home timelines of those who read them, some 160 a megabyte; 1 to 100000. It is "
              "taken as they come; of more than have room, whoever was away the longest is read from disk."),
  };
  return settings;
}

void check_ranges(const Settings& settings) {
  if (settings.posts_characters_max < 1 || settings.posts_characters_max > 10'000) {
    refuse("posts.characters_max is a number from 1 to 10000.");
  }
  if (settings.homes_megabytes_max < 1 || settings.homes_megabytes_max > 100'000) {
    refuse("homes.megabytes_max is a number from 1 to 100000.");
  }
  const std::string& url = settings.public_url;
  if (!url.empty() && ((!url.starts_with("http://") && !url.starts_with("https://")) ||
                       url.find('/', url.find("//") + 2) != std::string::npos)) {
    refuse("public_url is http:// or https:// and a host, with nothing after it.");
  }
  for (const std::string& host : settings.other_hosts) {
    if (host.find_first_of("/ @?#") != std::string::npos) {
      refuse(fmt::format("other_hosts are host names alone, as in mirror.example, not \"{}\".", host));
    }
  }
  const std::string& hub = settings.websub_hub;
  if (!hub.empty() && !hub.starts_with("http://") && !hub.starts_with("https://")) {
    refuse("websub.hub is an address, http:// or https://.");
  }
  const auto modes = {"", "open", "approval", "invite", "closed"};
  if (std::ranges::find(modes, settings.sign_up_mode) == modes.end()) {
    refuse(
        fmt::format("sign_up.mode is open, approval, invite or closed, not \"{}\".", settings.sign_up_mode));
  }
}

void set_one(Settings& settings, std::string_view name, std::string_view text) {
  const auto& all = all_settings();
  const auto found = std::ranges::find(all, name, [](const Setting& setting) { return setting.row.name; });
  if (found == all.end()) {
    refuse(fmt::format("There is no setting named {}; `hoopoe settings` lists them.", name));
  }
  found->set(settings, text);
  check_ranges(settings);
}

void apply_table(Settings& settings, const std::string& path, const std::string& prefix,
                 const toml::table& table) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) {
      apply_table(settings, path, name + ".", *inner);
      continue;
    }
    try {
      set_one(settings, name, as_text(name, node));
    } catch (const Refusal& refusal) {
      refuse(fmt::format("{}, line {}: {}", path, node.source().begin.line, refusal.what()));
    }
  }
}

}  // namespace

std::vector<std::string> rules_of(const Settings& settings) {
  std::vector<std::string> rules;
  std::istringstream lines(settings.instance_rules);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos) continue;
    rules.push_back(line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin));
  }
  return rules;
}

const std::vector<SettingRow>& setting_rows() {
  static const std::vector<SettingRow> rows = [] {
    std::vector<SettingRow> result;
    for (const Setting& setting : all_settings()) result.push_back(setting.row);
    return result;
  }();
  return rows;
}

void load_settings_file(Settings& settings, const std::string& path) {
  if (!std::ifstream(path)) refuse(fmt::format("{} can't be read.", path));
  try {
    apply_table(settings, path, "", toml::parse_file(path));
  } catch (const toml::parse_error& error) {
    refuse(fmt::format("{}, line {}: {}", path, error.source().begin.line, error.description()));
  }
}

void apply_setting(Settings& settings, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos)
    refuse(fmt::format("--set takes NAME=VALUE, not \"{}\".", assignment));
  set_one(settings, assignment.substr(0, equals), assignment.substr(equals + 1));
}

}  // namespace hoopoe
