/** What pages are made of again and again, as a text to guess from before an answer has phrases of its own. */

/** Common elements, attributes and declarations, in the layouts in which they are usually written. */
export const htmlPhrases = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>Page</title>
  <style>
    * { box-sizing: border-box; margin: 0; padding: 0; }
    html { font-size: 16px; }
    body { margin: 0; font-family: Arial, Helvetica, sans-serif; color: #333; background: #fff; line-height: 1.5; }
    body { font-family: -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, sans-serif; background-color: #f5f5f5; }
    :root { --accent: #000; --line: #ddd; color: var(--line); }
    .container { max-width: 1200px; margin: 0 auto; padding: 0 20px; }
    .header { display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 1rem 2rem; border-bottom: 1px solid #eee; }
    .row { display: flex; flex-wrap: wrap; flex: 1; flex-direction: column; justify-content: center; gap: .5rem; }
    .grid { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1.5rem; place-items: center; }
    .card { background: #fff; border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 1px 3px rgba(0, 0, 0, 0.1); padding: 20px; overflow: hidden; }
    .card img { display: block; width: 100%; height: 200px; object-fit: cover; border-radius: 12px 12px 0 0; }
    .card h2 { font-size: 1.25rem; font-weight: 600; margin: 0 0 .5rem; }
    .card p { font-size: 14px; line-height: 1.6; color: #666; margin: 0 0 1rem; }
    .title { font-size: 2rem; font-weight: 700; line-height: 1.2; letter-spacing: -.02em; text-align: center; margin-bottom: 1rem; margin-top: 0; }
    a { color: inherit; text-decoration: none; }
    a:hover { text-decoration: underline; }
    ul { list-style: none; margin: 0; padding: 0; }
    .button { display: inline-block; padding: 10px 20px; background: linear-gradient(180deg, #fff, #eee); color: #fff; border: none; border: 0; border-radius: 999px; font: inherit; font-size: .875rem; font-weight: 500; cursor: pointer; transition: background-color 0.3s ease; }
    .button:hover { background-color: #0056b3; }
    input { width: 100%; height: 40px; padding: 0 12px; border: 1px solid #ccc; border-radius: 4px; }
    .badge { position: absolute; top: 0; right: 0; left: 0; bottom: 0; width: 24px; height: 24px; border-radius: 50%; background: #ff0000; opacity: 0.5; z-index: 1; }
    .bar { position: relative; margin-left: auto; margin-right: 12px; padding-left: 16px; padding-top: 8px; white-space: nowrap; text-transform: uppercase; }
    table { width: 100%; border-collapse: collapse; }
    th, td { text-align: left; padding: 12px; border-bottom: 1px solid #e5e7eb; vertical-align: middle; }
    .text-right { text-align: right; }
    .a:last-child { border-bottom: 0; }
    .hero { min-height: 100vh; background: url("image.jpg") center / cover no-repeat; }
    @media (max-width: 768px) {
      .grid {
        grid-template-columns: 1fr;
      }
      .nav {
        display: none;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: space-between;
        background-color: #fff;
        border-radius: 8px;
        box-shadow: 0 2px 4px rgba(0, 0, 0, 0.1);
        padding: 20px;
        margin-bottom: 20px;
        font-size: 16px;
        font-weight: bold;
        text-align: center;
        text-decoration: none;
        color: #333;
        width: 100%;
        border: 1px solid #ddd;
        cursor: pointer;
      }
    }
  </style>
</head>
<body>
  <div class="container">
    <header class="header">
      <a class="logo" href="#">Name</a>
      <nav class="nav"><a href="#" class="active">Home</a><a href="#">About</a><a href="#">Contact</a></nav>
      <nav>
        <ul>
          <li><a href="#">Home</a></li>
          <li><a href="#">Help</a></li>
        </ul>
      </nav>
      <button class="button" type="button">Sign in</button>
    </header>
    <main>
      <section class="card">
        <h1>Title</h1>
        <p>Text.</p>
        <img src="image.jpg" alt="" width="100" height="100">
        <div class="row"><span class="label">Label</span> <strong>1</strong></div>
        <h2>Title</h2>
        <h3>Title</h3>
      </section>
      <form>
        <label for="name">Name</label>
        <input type="text" id="name" placeholder="Name">
        <input type="email" value="">
        <button type="submit">Send</button>
      </form>
      <table>
        <thead>
          <tr><th>Name</th><th>Date</th></tr>
        </thead>
        <tbody>
          <tr><td>A</td><td>B</td></tr>
        </tbody>
      </table>
      <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M0 0"/></svg>
    </main>
    <footer class="footer">
      <p>&copy; 2024 Name. All rights reserved.</p>
    </footer>
  </div>
</body>
</html>
`;
