#include "config/hunch.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace config {
namespace {

using bot::language::hunch;

constexpr std::string_view first_line = "kentongan hunch 1";
constexpr std::array<std::string_view, 3> questions = {"intent", "category", "level"};
constexpr std::string_view no_name = "-";

}  // namespace

std::shared_ptr<const hunch> load_hunch(const std::filesystem::path& path, std::vector<std::string>& faults) {
  std::ifstream file(path, std::ios::binary);
  const auto fault = [&](const std::string& what) {
    faults.push_back(path.filename().string() + ": " + what);
    return nullptr;
  };
  std::string line;
  if (!std::getline(file, line) || line != first_line) return fault("no learned model, or of another version");
  std::vector<hunch::label> labels;
  std::vector<float> bias;
  std::size_t buckets = 0;
  float scale = 0;
  while (buckets == 0 && std::getline(file, line)) {
    std::istringstream words(line);
    std::string question, name;
    float value = 0;
    words >> question >> name >> value;
    if (question == "buckets") {
      std::istringstream(line) >> question >> buckets >> name >> scale;
      break;
    }
    const auto* const known = std::ranges::find(questions, question);
    if (!words || known == questions.end()) return fault("\"" + line + "\" names no label");
    labels.push_back({static_cast<hunch::question>(known - questions.begin()), name == no_name ? std::string() : name});
    bias.push_back(value);
  }
  std::vector<std::int8_t> weights((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (labels.empty() || buckets == 0 || weights.size() != labels.size() * buckets) return fault("not whole");
  return std::make_shared<const hunch>(std::move(labels), std::move(bias), scale, weights);
}

void save_hunch(const std::filesystem::path& path, const hunch& model) {
  std::ofstream file(path, std::ios::binary);
  file.precision(9);
  file << first_line << '\n';
  for (std::size_t i = 0; i < model.labels().size(); ++i) {
    const auto& label = model.labels()[i];
    file << questions[static_cast<std::size_t>(label.of)] << ' ' << (label.name.empty() ? no_name : label.name) << ' '
         << model.bias()[i] << '\n';
  }
  const std::vector<std::int8_t> weights = model.weights();
  file << "buckets " << weights.size() / model.labels().size() << " scale " << model.scale() << '\n';
  for (const std::int8_t weight : weights) file.put(static_cast<char>(weight));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace config
