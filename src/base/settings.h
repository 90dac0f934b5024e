#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hoopoe {

// What an operator may choose. Each has a default that works with no configuration at all.
struct Settings {
  std::string public_url;                // empty: http://localhost:PORT of the listener
  std::vector<std::string> other_hosts;  // host names besides that of public_url
  std::string instance_title = "Hoopoe";
  std::string instance_description = "A public square: short posts, in real time, for anyone to read.";
  std::string instance_contact_email;
  std::string instance_notice;
  std::string instance_rules;  // one a line
  std::vector<std::string> instance_languages = {"en", "fa"};
  std::string sign_up_mode;  // empty: open on a loopback listener, else closed
  bool rate_limits_enabled = true;
  bool outgoing_allow_private_addresses = false;
  std::string websub_hub;                    // empty: none
  std::vector<std::string> trusted_proxies;  // addresses or CIDR ranges
  int posts_characters_max = 140;
  int homes_megabytes_max = 600;
};

// What people here are asked to keep to, each without the blanks around it.
std::vector<std::string> rules_of(const Settings& settings);

// One row of `hoopoe settings`: its name, its default as TOML, and what it means.
struct SettingRow {
  std::string_view name;
  std::string_view meaning;
  std::function<std::string(const Settings&)> show;
};
const std::vector<SettingRow>& setting_rows();

// Both throw Refusal{bad_request} with the name of what is wrong and what would be right: an unknown name,
// a value of another kind, a number out of its range. Settings given later win.
void load_settings_file(Settings& settings, const std::string& path);
// "rate_limits.enabled=false"; lists are written with commas.
void apply_setting(Settings& settings, std::string_view assignment);

}  // namespace hoopoe
