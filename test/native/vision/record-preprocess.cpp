// Prints what llama.cpp makes of pictures before its tower sees them; see preprocess.json. By hand, SOURCE being a
// copy of llama.cpp's sources and PLACE a folder for the program:
//   g++ -std=c++17 -O2 -I SOURCE/tools/mtmd -I SOURCE/ggml/include -I SOURCE/include -I SOURCE/vendor \
//     -o PLACE/record record-preprocess.cpp SOURCE-BUILD/libggml-base.so && PLACE/record > preprocess.json
#include "mtmd-image.cpp"

#include <cstdint>
#include <cstdio>
#include <cstring>

static clip_hparams settings;

struct clip_logger_state g_logger_state;

const clip_hparams * clip_get_hparams(const clip_ctx *) { return &settings; }
projector_type clip_get_projector_type(const clip_ctx *) { return PROJECTOR_TYPE_QWEN3VL; }

struct wanted {
    int width, height, least, most;
};

// The same numbers as in preprocess.test.ts.
static uint8_t sample(uint32_t & state) {
    state = state * 1664525u + 1013904223u;
    return state >> 24;
}

int main() {
    const wanted all[] = {
        {128, 96, 8, 4096},   {150, 117, 8, 4096}, {41, 30, 8, 4096},    {31, 401, 8, 4096},  {1, 1, 8, 4096},
        {1203, 777, 8, 40},   {133, 90, 48, 256},  {1920, 1080, 8, 1024}, {1920, 1080, 8, 4096}, {640, 16, 8, 4096},
        {2047, 33, 8, 64},    {799, 601, 8, 100},  {1000, 1000, 1024, 1024}, {2500, 2100, 8, 4096},
    };
    settings.patch_size = 16;
    settings.n_merge = 2;
    settings.image_resize_algo = RESIZE_ALGO_BICUBIC;
    for (int i = 0; i < 3; i++) {
        settings.image_mean[i] = 0.5f;
        settings.image_std[i] = 0.5f;
    }
    printf("[\n");
    const size_t count = sizeof(all) / sizeof(all[0]);
    for (size_t n = 0; n < count; n++) {
        const wanted & one = all[n];
        settings.set_limit_image_tokens(one.least, one.most);
        clip_image_u8 image;
        image.set_size({one.width, one.height}, false);
        std::vector<uint8_t> pixels((size_t) one.width * one.height * 3);
        uint32_t state = 1;
        for (auto & value : pixels) value = sample(state);
        image.cpy_buf(pixels);
        mtmd_image_preprocessor_dyn_size preprocessor(nullptr);
        const auto made = preprocessor.preprocess(image);
        const auto & out = made.entries.at(0);
        // FNV-1a over the bits of the values, pixel after pixel.
        uint32_t hash = 2166136261u;
        for (const float value : out.get_ro_buf()) {
            uint32_t bits;
            memcpy(&bits, &value, 4);
            for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ ((bits >> shift) & 255)) * 16777619u;
        }
        printf("  { \"width\": %d, \"height\": %d, \"minTokens\": %d, \"maxTokens\": %d,", one.width, one.height, one.least, one.most);
        printf(" \"canvas\": [%d, %d], \"hash\": %u }%s\n", out.nx(), out.ny(), hash, n + 1 < count ? "," : "");
    }
    printf("]\n");
}
