#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/html.h"

namespace hoopoe::web {

// What a template is filled with. Plain values are escaped for the place where they stand; only SafeHtml is
// written raw, and only under names that end in "_HTML".
class Values {
 public:
  Values& set(std::string_view name, std::string_view value);
  Values& set(std::string_view name, std::int64_t value);
  Values& set_html(std::string_view name, const text::SafeHtml& value);

  // Shows {{#NAME}}...{{/NAME}} once more, with these values besides those around it. The reference lives as
  // long as the Values.
  Values& section(std::string_view name);
  // Puts a template in the place of {{>NAME}} once more. It sees its own values alone.
  Values& include(std::string_view name, std::string_view template_name);

 private:
  friend class Templates;
  struct Child;

  std::vector<std::pair<std::string, std::string>> texts_;
  std::list<Child> children_;
};

struct Values::Child {
  std::string name;
  std::string template_name;  // empty for a section
  Values values;
};

struct TemplateSource {
  std::string_view name;
  std::string_view text;
};

// The templates of the pages, read once; from any thread.
class Templates {
 public:
  // A bug (base/ensure.h): a template that does not escape by default, that does not parse, or that writes
  // raw what is not named "..._HTML".
  explicit Templates(std::span<const TemplateSource> sources);
  ~Templates();
  Templates(const Templates&) = delete;
  Templates& operator=(const Templates&) = delete;

  std::string render(std::string_view name, const Values& values) const;

 private:
  class Cache;
  std::unique_ptr<Cache> cache_;
};

}  // namespace hoopoe::web
