#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/export.h"

namespace hoopoe::web {

// How a file with all that is an account's is written, piece after piece: the head, then of each part what
// opens it, its entries slice by slice, and what closes it, or that there are none, then the foot.
struct ExportFormat {
  std::string_view ending;  // of the file's name
  std::string_view content_type;
  std::string (*head)(const app::App& app, const app::ExportedProfile& profile);
  std::string (*open)(app::ExportPart part);
  // `written` is how many of the part came before.
  std::string (*entries)(const app::App& app, const std::vector<app::ExportEntry>& entries,
                         std::size_t written);
  std::string (*close)(app::ExportPart part);
  std::string (*none)(app::ExportPart part);
  std::string (*foot)();
};

extern const ExportFormat export_as_json;  // export_json.cpp; the shape is that of docs/export.md
extern const ExportFormat export_as_html;  // export_html.cpp

}  // namespace hoopoe::web
