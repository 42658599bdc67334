<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BackupsCard</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Encrypted copies of the database, one a day, the newest five. They lie beside it: copy the profile folder elsewhere against a lost disk.</source>
        <translation>数据库的加密副本，每天一份，保留最新的五份。它们与数据库放在一起：为防磁盘丢失，请把配置文件夹复制到别处。</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>还没有备份。</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Restore the backup of {when}</source>
        <translation>恢复 {when} 的备份</translation>
    </message>
    <message>
        <source>Everything goes back to how it was on {when}. What is here now becomes the newest backup, so that you can return to it. Confidant starts again.</source>
        <translation>一切回到 {when} 的样子。现在的内容会成为最新的备份，之后可以再回来。Confidant 将重新启动。</translation>
    </message>
    <message>
        <source>Restore this backup</source>
        <translation>恢复此备份</translation>
    </message>
</context>
<context>
    <name>ChatDialogs</name>
    <message>
        <source>Erase for good</source>
        <translation>彻底清除</translation>
    </message>
    <message>
        <source>Erase this chat for good?</source>
        <translation>要彻底清除这个对话吗？</translation>
    </message>
    <message>
        <source>All its messages, the examples and memories made from it are destroyed, and adapters that learned from it are retired. This cannot be undone.</source>
        <translation>其中的所有消息，以及由它得出的示例和记忆都会被销毁，从中学习过的适配器也会停用。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Open this address in your web browser? It then learns of your visit.</source>
        <translation>要在浏览器中打开这个地址吗？对方网站会因此知道你的访问。</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>What is on your mind?</source>
        <translation>想聊点什么？</translation>
    </message>
    <message>
        <source>Temporary chat: it is not stored and never learned from, and it is gone when you leave it.</source>
        <translation>临时对话：不保存，也不会用于学习，离开后即消失。</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message>
        <source>Go on with this answer</source>
        <translation>继续写完这个回答</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>What you write stays on this computer.</source>
        <translation>你写下的内容只留在这台电脑上。</translation>
    </message>
    <message>
        <source>The model is being loaded, {percent}</source>
        <translation>正在加载模型，{percent}</translation>
    </message>
    <message>
        <source>This chat is longer than the model can look back on. The oldest messages ({count}) were not told to it.</source>
        <translation>这个对话超出了模型能回顾的长度，最早的 {count} 条消息没有提供给它。</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Memory on</source>
        <translation>记忆已开</translation>
    </message>
    <message>
        <source>Memory off</source>
        <translation>记忆已关</translation>
    </message>
    <message>
        <source>Whether the model is told what is remembered, in this chat</source>
        <translation>在这个对话中，是否把记住的内容告诉模型</translation>
    </message>
    <message>
        <source>May be learned</source>
        <translation>可用于学习</translation>
    </message>
    <message>
        <source>Not learned</source>
        <translation>不用于学习</translation>
    </message>
    <message>
        <source>Whether what you write in this chat may be proposed for learning</source>
        <translation>你在这个对话里写的内容是否可以提议用于学习</translation>
    </message>
    <message>
        <source>A temporary chat is never learned from</source>
        <translation>临时对话绝不会用于学习</translation>
    </message>
    <message>
        <source>Learning is off. Press to turn it on and allow it for this chat.</source>
        <translation>学习功能已关闭。按下即可打开，并允许用于这个对话。</translation>
    </message>
    <message>
        <source>Manage models…</source>
        <translation>管理模型…</translation>
    </message>
    <message>
        <source>{name} (too large for this machine)</source>
        <translation>{name}（对这台电脑来说太大）</translation>
    </message>
    <message>
        <source>No adapter (the model as it came)</source>
        <translation>不用适配器（模型原样）</translation>
    </message>
    <message>
        <source>Learning…</source>
        <translation>学习…</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CompareCard</name>
    <message>
        <source>Compare blind</source>
        <translation>盲测比较</translation>
    </message>
    <message>
        <source>Two versions answer the same questions. You say which answer is better, and only then see whose it was.</source>
        <translation>两个版本回答相同的问题。你先选出更好的回答，之后才会看到它出自哪个版本。</translation>
    </message>
    <message>
        <source>One version</source>
        <translation>一个版本</translation>
    </message>
    <message>
        <source>The other version</source>
        <translation>另一个版本</translation>
    </message>
    <message>
        <source>and</source>
        <translation>和</translation>
    </message>
    <message>
        <source>A question of your own</source>
        <translation>你自己的问题</translation>
    </message>
    <message>
        <source>A question of your own, or leave it empty for five that are drawn</source>
        <translation>输入你自己的问题，留空则随机抽取五个</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>开始比较</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A run is under way; compare when it has ended.</source>
        <translation>学习正在进行，请等它结束后再比较。</translation>
    </message>
    <message>
        <source>Choose two versions that differ.</source>
        <translation>请选择两个不同的版本。</translation>
    </message>
    <message>
        <source>Untuned</source>
        <translation>未学习的模型</translation>
    </message>
    <message>
        <source>a deleted version</source>
        <translation>已删除的版本</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>about the same</source>
        <translation>差不多</translation>
    </message>
    <message>
        <source>You preferred neither.</source>
        <translation>两个版本不分上下。</translation>
    </message>
    <message>
        <source>You preferred: {version}</source>
        <translation>你更喜欢：{version}</translation>
    </message>
    <message>
        <source>Not shown, because both answered in the same words: {count}</source>
        <translation>因两个回答完全相同而未显示：{count}</translation>
    </message>
    <message>
        <source>Switch to untuned answers</source>
        <translation>切换到未学习的模型</translation>
    </message>
    <message>
        <source>Switch to {version}</source>
        <translation>切换到{version}</translation>
    </message>
    <message>
        <source>Earlier comparisons</source>
        <translation>以前的比较</translation>
    </message>
    <message>
        <source>{when}: {first} {left}, {second} {right}, about the same {same}</source>
        <translation>{when}：{first} {left}，{second} {right}，差不多 {same}</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>写点什么</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Pasted text, {count} characters</source>
        <translation>粘贴的文本，{count} 个字符</translation>
    </message>
    <message>
        <source>Sent with the message; press to remove it</source>
        <translation>会随消息一起发送；按下可移除</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止（Esc）</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（回车）</translation>
    </message>
    <message>
        <source>Write something first</source>
        <translation>请先写点内容</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>{count} of {true} answered as {given}</source>
        <translation>{count} 个{true}被答成{given}</translation>
    </message>
    <message>
        <source>answered as</source>
        <translation>回答为</translation>
    </message>
    <message>
        <source>truly</source>
        <translation>实际</translation>
    </message>
</context>
<context>
    <name>ConnectionsCard</name>
    <message>
        <source>Connections</source>
        <translation>网络连接</translation>
    </message>
    <message>
        <source>Confidant opens no connections. It has no account, no telemetry, no check for updates, and it downloads nothing.</source>
        <translation>Confidant 不建立任何网络连接：没有账号，没有遥测，不检查更新，也不下载任何内容。</translation>
    </message>
    <message>
        <source>What it cannot protect: memory that the system writes to disk (swap, hibernation), files you export, an unlocked window that someone else sits at, and other programs that run as you.</source>
        <translation>它无法保护的：系统写入磁盘的内存（交换区、休眠）、你导出的文件、被他人使用的未锁定窗口，以及以你的身份运行的其他程序。</translation>
    </message>
    <message>
        <source>Since this profile was made: 0 connections, {count} attempts refused.</source>
        <translation>自此档案建立以来：0 次连接，拒绝了 {count} 次尝试。</translation>
    </message>
    <message>
        <source>Since this profile was made: {count} attempts refused.</source>
        <translation>自此档案建立以来：拒绝了 {count} 次尝试。</translation>
    </message>
    <message>
        <source>The system&apos;s kernel refuses every internet socket to this program and to all that it starts. Links that you open go to your browser, which is outside.</source>
        <translation>系统内核拒绝本程序及其启动的一切程序使用任何互联网套接字。你打开的链接会交给浏览器，浏览器不受此限制。</translation>
    </message>
    <message>
        <source>On this system a check inside Python refuses connections; the system itself is not asked to. A firewall that blocks Confidant makes it certain.</source>
        <translation>在此系统上，由 Python 内部的检查拒绝连接，并没有要求系统本身拒绝。用防火墙阻止 Confidant 才能万无一失。</translation>
    </message>
    <message>
        <source>The kernel&apos;s filter was left out when Confidant was started; connections within this computer are possible.</source>
        <translation>启动 Confidant 时未启用内核过滤器；可以连接到本机。</translation>
    </message>
    <message>
        <source>Nothing but its own code keeps this program from the network.</source>
        <translation>除自身代码外，没有其他机制阻止本程序访问网络。</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last seven days</source>
        <translation>最近七天</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>New title</source>
        <translation>新标题</translation>
    </message>
</context>
<context>
    <name>DetailCard</name>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>The fact&apos;s words</source>
        <translation>事实的内容</translation>
    </message>
    <message>
        <source>Use this fact</source>
        <translation>使用这条事实</translation>
    </message>
    <message>
        <source>Off: it is kept, but never put into a prompt.</source>
        <translation>关闭：仍会保留，但不会放进提示词。</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>忘记…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>You said on {when}: {words}</source>
        <translation>你在 {when} 说过：{words}</translation>
    </message>
    <message>
        <source>From a conversation, {when}</source>
        <translation>来自对话，{when}</translation>
    </message>
    <message>
        <source>Added by you, {when}</source>
        <translation>由你添加，{when}</translation>
    </message>
    <message>
        <source>This fact is erased; this cannot be undone. Every version that learned it is switched off for good. The conversation it came from stays.</source>
        <translation>这个事实将被清除，无法撤销。学过它的每个版本都会永久停用。它所在的对话会保留。</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Text to try it on</source>
        <translation>试用的文本</translation>
    </message>
    <message>
        <source>Try it on a text</source>
        <translation>用一段文本试试</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>It is being applied; a training comes first.</source>
        <translation>正在应用；训练优先进行。</translation>
    </message>
    <message>
        <source>Another skill is being taught; wait for it or stop it.</source>
        <translation>正在教另一项技能；请等它完成或停止它。</translation>
    </message>
    <message>
        <source>{label}, {sure} sure</source>
        <translation>{label}，把握 {sure}</translation>
    </message>
    <message>
        <source>Else: {labels}</source>
        <translation>其他可能：{labels}</translation>
    </message>
    <message>
        <source>The skill and its key are destroyed; this cannot be undone. Teach it again from its rows if you need it later.</source>
        <translation>该技能及其密钥将被销毁，无法撤销。以后需要时，请用原来的行重新教。</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>EraseCard</name>
    <message>
        <source>Erase everything</source>
        <translation>抹除全部</translation>
    </message>
    <message>
        <source>Destroys the keys first, so that nothing on the disk can be read again, then deletes all files of this profile: chats, facts, learned versions, backups and imported models. Files that you exported stay. This cannot be undone.</source>
        <translation>先销毁密钥，使磁盘上的内容再也无法读取，然后删除此档案的所有文件：对话、事实、学到的版本、备份和导入的模型。你导出的文件会保留。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Type {word} to confirm</source>
        <translation>输入 {word} 以确认</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>Why this answer</source>
        <translation>为什么这样回答</translation>
    </message>
    <message>
        <source>Remembered facts it was given</source>
        <translation>提供给它的已记住的事实</translation>
    </message>
    <message>
        <source>Earlier messages it was given</source>
        <translation>提供给它的以往消息</translation>
    </message>
    <message>
        <source>What you taught it that fits</source>
        <translation>你教过它的相关内容</translation>
    </message>
    <message>
        <source>No remembered fact and nothing you taught it stands behind it.</source>
        <translation>这个回答背后没有已记住的事实，也没有你教过的内容。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open its chat</source>
        <translation>打开来源对话</translation>
    </message>
    <message>
        <source>The version that gave this answer was deleted or switched off for good, so what it changed cannot be told.</source>
        <translation>给出这个回答的版本已被删除或永久停用，因此无法说明它改变了什么。</translation>
    </message>
    <message>
        <source>Nothing learned took part in this answer.</source>
        <translation>这个回答没有用到任何学到的内容。</translation>
    </message>
    <message>
        <source>What it learned changed no word of this answer.</source>
        <translation>学到的内容没有改变这个回答中的任何词。</translation>
    </message>
    <message>
        <source>Words that learning changed</source>
        <translation>因学习而改变的词</translation>
    </message>
    <message>
        <source>The answer with the changed words marked</source>
        <translation>标出已改变词语的回答</translation>
    </message>
    <message>
        <source>“{word}”: {times} times less likely than without learning</source>
        <translation>“{word}”：可能性是未学习时的 1/{times}</translation>
    </message>
    <message>
        <source>“{word}”: {times} times likelier; without learning “{other}…” was likelier</source>
        <translation>“{word}”：可能性提高到 {times} 倍；未学习时更可能是“{other}…”</translation>
    </message>
    <message>
        <source>“{word}”: {times} times likelier than without learning</source>
        <translation>“{word}”：可能性是未学习时的 {times} 倍</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>Export all conversations</source>
        <translation>导出所有对话</translation>
    </message>
    <message>
        <source>Your chats are yours. The file is not encrypted: whoever gets it can read it. “Everything” adds facts, examples, settings and the audit trail.</source>
        <translation>你的对话属于你。该文件未加密：拿到它的人都能读取。“全部”还包括事实、示例、设置和审计记录。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Wrote {chats} conversations with {messages} messages to {path}</source>
        <translation>已将 {chats} 个对话、{messages} 条消息写入 {path}</translation>
    </message>
    <message>
        <source>The export is being written.</source>
        <translation>正在写入导出文件。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
</context>
<context>
    <name>FailureSentences</name>
    <message>
        <source>Unlock the profile first, then try it again.</source>
        <translation>请先解锁，然后重试。</translation>
    </message>
    <message>
        <source>This passphrase or key does not fit; look at each letter again.</source>
        <translation>口令或密钥不正确，请逐字检查。</translation>
    </message>
    <message>
        <source>Use the recovery key; without a key nothing can be opened.</source>
        <translation>请使用恢复密钥；没有密钥就无法打开任何内容。</translation>
    </message>
    <message>
        <source>Set a passphrase, or unlock the system&apos;s keyring and try it again.</source>
        <translation>请设置口令，或解锁系统密钥环后重试。</translation>
    </message>
    <message>
        <source>Restore a backup; the damaged file is kept beside it.</source>
        <translation>请恢复备份；损坏的文件会保留在旁边。</translation>
    </message>
    <message>
        <source>Close the other window or command that uses this profile.</source>
        <translation>请关闭正在使用此档案的其他窗口或命令。</translation>
    </message>
    <message>
        <source>Change what you entered or chose, then try it again.</source>
        <translation>请更改输入或选择，然后重试。</translation>
    </message>
    <message>
        <source>Choose another model on the Models page.</source>
        <translation>请在“模型”页面选择其他模型。</translation>
    </message>
    <message>
        <source>Choose another version on the Learning page, or learn anew.</source>
        <translation>请在“学习”页面选择其他版本，或重新学习。</translation>
    </message>
    <message>
        <source>Somebody or something deleted it meanwhile; open the list anew.</source>
        <translation>它已被删除，请重新打开列表。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>Make room on the disk, then try it again.</source>
        <translation>请清理磁盘空间，然后重试。</translation>
    </message>
    <message>
        <source>Start Confidant again to go on.</source>
        <translation>请重新启动 Confidant 以继续。</translation>
    </message>
    <message>
        <source>Your chats are stored. If it happens again, restart Confidant.</source>
        <translation>你的对话已保存。如果再次发生，请重新启动 Confidant。</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>The profile is locked</source>
        <translation>档案已锁定</translation>
    </message>
    <message>
        <source>That did not unlock it</source>
        <translation>未能解锁</translation>
    </message>
    <message>
        <source>The key is missing</source>
        <translation>密钥不见了</translation>
    </message>
    <message>
        <source>The system keyring is not available</source>
        <translation>系统密钥环不可用</translation>
    </message>
    <message>
        <source>The database is damaged</source>
        <translation>数据库已损坏</translation>
    </message>
    <message>
        <source>Confidant is already running with this profile</source>
        <translation>Confidant 已经在使用这个档案</translation>
    </message>
    <message>
        <source>That could not be used</source>
        <translation>无法使用这个内容</translation>
    </message>
    <message>
        <source>This model is not supported</source>
        <translation>不支持这个模型</translation>
    </message>
    <message>
        <source>The adapter is damaged</source>
        <translation>适配器已损坏</translation>
    </message>
    <message>
        <source>It is not there any more</source>
        <translation>它已经不在了</translation>
    </message>
    <message>
        <source>There was not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Confidant is closing</source>
        <translation>Confidant 正在关闭</translation>
    </message>
    <message>
        <source>A mistake in Confidant</source>
        <translation>Confidant 自身出错</translation>
    </message>
</context>
<context>
    <name>ForgottenCard</name>
    <message>
        <source>Forgotten</source>
        <translation>已忘记</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Never taught</source>
        <translation>从未教过</translation>
    </message>
    <message>
        <source>Learn the rest anew</source>
        <translation>重新学习其余内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Forgetting…</source>
        <translation>正在忘记…</translation>
    </message>
    <message>
        <source>It is erased first; then the model is asked whether it still knows it.</source>
        <translation>先清除，然后询问模型是否还知道。</translation>
    </message>
    <message>
        <source>Asked for it in {count} ways, memory off; this share of the answers told it:</source>
        <translation>关闭记忆，用 {count} 种方式询问，说出它的回答比例：</translation>
    </message>
    <message>
        <source>Versions that had learned it and are switched off for good: {count}.</source>
        <translation>学过它并已永久停用的版本：{count} 个。</translation>
    </message>
    <message>
        <source>The message that told it still stands in its chat; erase the chat to erase that as well.</source>
        <translation>说出它的那条消息仍在对话中；清除该对话即可一并清除。</translation>
    </message>
    <message>
        <source>Learning in the background…</source>
        <translation>正在后台学习…</translation>
    </message>
    <message>
        <source>Learned anew</source>
        <translation>已重新学习</translation>
    </message>
    <message>
        <source>Nothing is left to learn</source>
        <translation>没有其余内容可学</translation>
    </message>
    <message>
        <source>Not learned; see the Learning page</source>
        <translation>未学成，请查看“学习”页</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Import conversations</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>From ChatGPT&apos;s export (the zip, or conversations.json in it) or from JSONL with messages. A file comes in whole or not at all.</source>
        <translation>来自 ChatGPT 的导出（zip 文件，或其中的 conversations.json），或带有 messages 的 JSONL。一个文件要么全部导入，要么完全不导入。</translation>
    </message>
    <message>
        <source>They may be learned from</source>
        <translation>可用于学习</translation>
    </message>
    <message>
        <source>What you said in them is then proposed in the inbox.</source>
        <translation>你在其中说过的内容会在收件箱里提议给你。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>The file is being read.</source>
        <translation>正在读取文件。</translation>
    </message>
    <message>
        <source>Came in: {chats} conversations with {messages} messages.</source>
        <translation>已导入 {chats} 个对话，共 {messages} 条消息。</translation>
    </message>
    <message>
        <source>Left out, because hidden or without text: {count}.</source>
        <translation>因隐藏或没有文字而略过：{count} 条。</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>InboxCard</name>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>Approve all</source>
        <translation>全部同意</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>你说过</translation>
    </message>
    <message>
        <source>When you ask</source>
        <translation>当你问</translation>
    </message>
    <message>
        <source>It should answer</source>
        <translation>它应回答</translation>
    </message>
    <message>
        <source>The words that must be right</source>
        <translation>必须答对的词</translation>
    </message>
    <message>
        <source>Never learn this</source>
        <translation>永不学习这条</translation>
    </message>
    <message>
        <source>Discard the edit</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新的</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Never learn</source>
        <translation>永不学习</translation>
    </message>
    <message>
        <source>Looking through your chats…</source>
        <translation>正在查看你的对话…</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
    <message>
        <source>1 new example</source>
        <translation>1 条新示例</translation>
    </message>
    <message>
        <source>{count} new examples</source>
        <translation>{count} 条新示例</translation>
    </message>
    <message>
        <source>Learning is off, so nothing is collected.</source>
        <translation>学习功能已关闭，因此不会收集任何内容。</translation>
    </message>
    <message>
        <source>You have put nothing here.</source>
        <translation>你还没有往这里放过内容。</translation>
    </message>
    <message>
        <source>You have decided on everything that was found.</source>
        <translation>找到的内容你都已处理完。</translation>
    </message>
    <message>
        <source>Allow learning in a conversation, tell something about yourself there, and it appears here for you to decide.</source>
        <translation>在某个对话中允许学习，并在那里说说自己的事，它就会出现在这里，由你决定。</translation>
    </message>
    <message>
        <source>(the message is gone)</source>
        <translation>（消息已不在）</translation>
    </message>
    <message>
        <source>It answered</source>
        <translation>它的回答</translation>
    </message>
    <message>
        <source>You wrote instead</source>
        <translation>你改写成</translation>
    </message>
    <message>
        <source>More answers like this</source>
        <translation>多一些这样的回答</translation>
    </message>
    <message>
        <source>Fewer answers like this</source>
        <translation>少一些这样的回答</translation>
    </message>
    <message>
        <source>Keep the edit and approve</source>
        <translation>保留修改并同意</translation>
    </message>
    <message>
        <source>Fill in all three lines.</source>
        <translation>请填写全部三行。</translation>
    </message>
    <message>
        <source>The answer must contain the words that must be right.</source>
        <translation>回答中必须包含“必须答对的词”。</translation>
    </message>
</context>
<context>
    <name>InboxModel</name>
    <message>
        <source>Rather: {answer}</source>
        <translation>应改为：{answer}</translation>
    </message>
    <message>
        <source>More like this: {answer}</source>
        <translation>多像这样回答：{answer}</translation>
    </message>
    <message>
        <source>Less like this: {answer}</source>
        <translation>少像这样回答：{answer}</translation>
    </message>
</context>
<context>
    <name>InlineError</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>JumpDialog</name>
    <message>
        <source>Jump to</source>
        <translation>跳转到</translation>
    </message>
    <message>
        <source>Jump to a chat or a page</source>
        <translation>跳转到对话或页面</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>KeepMenu</name>
    <message>
        <source>Keep for</source>
        <translation>保留时间</translation>
    </message>
    <message>
        <source>As the setting says</source>
        <translation>按设置</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 天</translation>
    </message>
</context>
<context>
    <name>KeyScreen</name>
    <message>
        <source>How shall your chats be locked?</source>
        <translation>你的对话要怎样上锁？</translation>
    </message>
    <message>
        <source>They are encrypted with a key. You can change this later.</source>
        <translation>对话用密钥加密保存。以后可以更改。</translation>
    </message>
    <message>
        <source>Nothing to type. Whoever is signed in as you can open Confidant.</source>
        <translation>无需输入。以你的身份登录这台电脑的人都能打开 Confidant。</translation>
    </message>
    <message>
        <source>The system keyring keeps the key</source>
        <translation>由系统密钥环保管密钥</translation>
    </message>
    <message>
        <source>A passphrase that you type at each start</source>
        <translation>每次启动时输入口令</translation>
    </message>
    <message>
        <source>Safer on a shared computer. Nobody can recover it for you.</source>
        <translation>在共用电脑上更安全。忘记后没有人能替你找回。</translation>
    </message>
    <message>
        <source>No keyring that can be trusted was found here.</source>
        <translation>这里没有找到可信的密钥环。</translation>
    </message>
    <message>
        <source>Type the passphrase twice first.</source>
        <translation>请先输入两遍口令。</translation>
    </message>
</context>
<context>
    <name>KeysCard</name>
    <message>
        <source>New keys</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>If you fear that someone has your recovery key or an old passphrase: everything is encrypted anew, the old keys open nothing more, and older backups are erased. Copies of the profile made before still open with the old keys.</source>
        <translation>如果你担心有人拿到了恢复密钥或旧口令：全部内容会重新加密，旧密钥不再能打开任何东西，较早的备份会被抹除。此前复制出去的档案副本仍可用旧密钥打开。</translation>
    </message>
    <message>
        <source>Present passphrase</source>
        <translation>当前口令</translation>
    </message>
    <message>
        <source>Make new keys</source>
        <translation>生成新密钥</translation>
    </message>
    <message>
        <source>This is your new recovery key; the old one no longer works. It is shown only now. Write it down or save it away from this computer.</source>
        <translation>这是你的新恢复密钥；旧的已经失效。它只在此刻显示。请抄写下来，或保存到这台电脑以外的地方。</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>I have kept it</source>
        <translation>我已保存好</translation>
    </message>
    <message>
        <source>Type the present passphrase first.</source>
        <translation>请先输入当前口令。</translation>
    </message>
</context>
<context>
    <name>LearningPage</name>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>You decide what is learned. Nothing leaves this computer.</source>
        <translation>学什么由你决定。任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Learn from my chats</source>
        <translation>从我的对话中学习</translation>
    </message>
    <message>
        <source>Off: nothing is ever collected. On: what you say in conversations that you allow comes to the inbox below, and only what you approve there is learned.</source>
        <translation>关闭：绝不收集任何内容。打开：你在允许的对话中说的话会进入下面的收件箱，只有你同意的才会被学习。</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>关闭报告</translation>
    </message>
    <message>
        <source>Stopped. What this run learned was discarded; nothing else changed.</source>
        <translation>已停止。这次学到的内容已丢弃，其他一切不变。</translation>
    </message>
</context>
<context>
    <name>LearningScreen</name>
    <message>
        <source>It can learn from you</source>
        <translation>它可以向你学习</translation>
    </message>
    <message>
        <source>Only if you want. You allow it for single conversations, look at every example first, and can take back what was learned at any time.</source>
        <translation>只在你愿意时进行。你可以只对个别对话开放，先查看每一条示例，并且随时收回学到的内容。</translation>
    </message>
    <message>
        <source>Learn from my chats</source>
        <translation>从我的对话中学习</translation>
    </message>
    <message>
        <source>Off for now. You can change it on the Learning page.</source>
        <translation>目前关闭。可以在“学习”页面更改。</translation>
    </message>
</context>
<context>
    <name>LearningWords</name>
    <message>
        <source>1 example</source>
        <translation>1 条示例</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} 条示例</translation>
    </message>
    <message>
        <source>A run is under way; it can be stopped above.</source>
        <translation>正在学习，可以在上方停止。</translation>
    </message>
    <message>
        <source>Learning is off. Turn on “Learn from my chats” above first.</source>
        <translation>学习功能已关闭。请先打开上方的“从我的对话中学习”。</translation>
    </message>
    <message>
        <source>There is nothing to learn yet. Tell something about yourself in a conversation that you allow to be learned from.</source>
        <translation>还没有可学的内容。请在允许学习的对话中说说自己的事。</translation>
    </message>
    <message>
        <source>Approve at least one example in the inbox first.</source>
        <translation>请先在收件箱中至少同意一条示例。</translation>
    </message>
    <message>
        <source>Collecting what you allowed</source>
        <translation>收集你允许的内容</translation>
    </message>
    <message>
        <source>Preparing questions and answers</source>
        <translation>准备问题和答案</translation>
    </message>
    <message>
        <source>Examining the model as it is</source>
        <translation>考核现有模型</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Examining what it learned</source>
        <translation>考核学习成果</translation>
    </message>
    <message>
        <source>The fewest repetitions: a first look, for a handful of facts.</source>
        <translation>重复最少：适合先试一试，或只有几条事实时。</translation>
    </message>
    <message>
        <source>Right for most people.</source>
        <translation>适合大多数人。</translation>
    </message>
    <message>
        <source>The most repetitions: for many facts, when there is time.</source>
        <translation>重复最多：适合事实较多、时间充裕时。</translation>
    </message>
    <message>
        <source>It does not know your facts better than before.</source>
        <translation>它对你的事实掌握得并不比以前好。</translation>
    </message>
    <message>
        <source>It still gets too many of your facts wrong.</source>
        <translation>你的事实它仍然答错太多。</translation>
    </message>
    <message>
        <source>It invents answers to things you never told it.</source>
        <translation>对你从没说过的事，它会编造答案。</translation>
    </message>
    <message>
        <source>It got worse at general questions.</source>
        <translation>它回答一般问题的能力变差了。</translation>
    </message>
    <message>
        <source>It got worse at ordinary text.</source>
        <translation>它处理普通文本的能力变差了。</translation>
    </message>
    <message>
        <source>It got a little worse at ordinary text.</source>
        <translation>它处理普通文本的能力略有下降。</translation>
    </message>
    <message>
        <source>It gave away something that must stay secret.</source>
        <translation>它泄露了必须保密的内容。</translation>
    </message>
    <message>
        <source>It does not prefer the answers you want more than before.</source>
        <translation>它并没有比以前更偏向你想要的回答。</translation>
    </message>
    <message>
        <source>It prefers the answers you want less than before.</source>
        <translation>它比以前更不偏向你想要的回答。</translation>
    </message>
    <message>
        <source>You forgot something while it was being learned; learn again.</source>
        <translation>学习过程中有内容被遗忘；请重新学习。</translation>
    </message>
    <message>
        <source>The run was stopped early.</source>
        <translation>学习被提前停止。</translation>
    </message>
    <message>
        <source>The time limit was reached.</source>
        <translation>已达到时间上限。</translation>
    </message>
    <message>
        <source>The training did not settle; try a lower learning rate.</source>
        <translation>训练没有收敛，请试试更低的学习率。</translation>
    </message>
    <message>
        <source>A check did not hold: {name}.</source>
        <translation>有一项检查未通过：{name}。</translation>
    </message>
    <message>
        <source>There was nothing to learn</source>
        <translation>没有可学的内容</translation>
    </message>
    <message>
        <source>No approved example was found, so nothing was changed.</source>
        <translation>没有找到已同意的示例，因此什么都没有改变。</translation>
    </message>
    <message>
        <source>Your facts right: {before} before, {after} now.</source>
        <translation>你的事实答对率：之前 {before}，现在 {after}。</translation>
    </message>
    <message>
        <source>Prefers the answers you want: {before} before, {after} now.</source>
        <translation>偏向你想要的回答：之前 {before}，现在 {after}。</translation>
    </message>
    <message>
        <source>Better, and switched on</source>
        <translation>更好了，已启用</translation>
    </message>
    <message>
        <source>Nothing was switched on; your answers stay as they were.</source>
        <translation>没有启用任何内容，回答保持原样。</translation>
    </message>
    <message>
        <source>Not better, so what you had is kept</source>
        <translation>没有变好，因此保留原来的</translation>
    </message>
    <message>
        <source>On</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Did not pass its exam</source>
        <translation>未通过考核</translation>
    </message>
    <message>
        <source>Retired: it learned something now deleted</source>
        <translation>已停用：它学过的内容已被删除</translation>
    </message>
</context>
<context>
    <name>LockCard</name>
    <message>
        <source>Use the system keyring instead…</source>
        <translation>改用系统密钥环…</translation>
    </message>
    <message>
        <source>Present passphrase</source>
        <translation>当前口令</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Forgotten? Use the recovery key</source>
        <translation>忘记了？使用恢复密钥</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Set the passphrase</source>
        <translation>设置口令</translation>
    </message>
    <message>
        <source>Locked with your passphrase</source>
        <translation>由你的口令上锁</translation>
    </message>
    <message>
        <source>The system keyring keeps the key</source>
        <translation>由系统密钥环保管密钥</translation>
    </message>
    <message>
        <source>Confidant asks for it at each start. Your recovery key opens the profile too.</source>
        <translation>Confidant 每次启动时都会询问它。恢复密钥也能打开档案。</translation>
    </message>
    <message>
        <source>Whoever is signed in to this computer as you can open Confidant. Your recovery key opens the profile too.</source>
        <translation>以你的身份登录这台电脑的人都能打开 Confidant。恢复密钥也能打开档案。</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>更改口令…</translation>
    </message>
    <message>
        <source>Set a passphrase…</source>
        <translation>设置口令…</translation>
    </message>
    <message>
        <source>No keyring that can be trusted was found here.</source>
        <translation>这里没有找到可信的密钥环。</translation>
    </message>
    <message>
        <source>Type the new passphrase twice first.</source>
        <translation>请先输入两遍新口令。</translation>
    </message>
    <message>
        <source>Remove the passphrase…</source>
        <translation>取消口令…</translation>
    </message>
    <message>
        <source>Confidant will no longer ask for a passphrase: anyone signed in to this computer as you can read your chats.</source>
        <translation>Confidant 将不再询问口令：以你的身份登录这台电脑的人都能读到你的对话。</translation>
    </message>
    <message>
        <source>Remove the passphrase</source>
        <translation>取消口令</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Restore the backup…</source>
        <translation>恢复备份…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Use the recovery key</source>
        <translation>使用恢复密钥</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>What was written after the newest good backup will be missing. It stays in the damaged file, which is set aside, not deleted.</source>
        <translation>最近一份完好备份之后写入的内容将会缺失。它仍留在损坏的文件中；该文件会另存，不会删除。</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>恢复备份</translation>
    </message>
</context>
<context>
    <name>LockWords</name>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Confidant is locked</source>
        <translation>Confidant 已锁定</translation>
    </message>
    <message>
        <source>Open with the recovery key</source>
        <translation>用恢复密钥打开</translation>
    </message>
    <message>
        <source>Waiting for the system keyring</source>
        <translation>正在等待系统密钥环</translation>
    </message>
    <message>
        <source>The key to your data is not here</source>
        <translation>数据的密钥不在这里</translation>
    </message>
    <message>
        <source>Your data could not be read</source>
        <translation>无法读取你的数据</translation>
    </message>
    <message>
        <source>Confidant is already open</source>
        <translation>Confidant 已经打开</translation>
    </message>
    <message>
        <source>Nothing was changed and nothing new was made. The file with the wrapped key is missing from the profile folder; put it back from a copy, then try again.</source>
        <translation>没有更改任何内容，也没有新建任何内容。档案文件夹中缺少存放加密密钥的文件；请从副本放回后再试。</translation>
    </message>
    <message>
        <source>Type your passphrase to go on.</source>
        <translation>请输入口令以继续。</translation>
    </message>
    <message>
        <source>Type the key you were given at set-up. Afterwards you can set a new passphrase on the Privacy page.</source>
        <translation>请输入设置时得到的密钥。之后可以在“隐私”页面设置新口令。</translation>
    </message>
    <message>
        <source>Unlock the keyring of your system, then try again.</source>
        <translation>请先解锁系统的密钥环，然后重试。</translation>
    </message>
    <message>
        <source>Nothing was changed and nothing new was made. Your recovery key opens the profile.</source>
        <translation>没有更改任何内容，也没有新建任何内容。恢复密钥可以打开档案。</translation>
    </message>
    <message>
        <source>Nothing was changed. The newest backup that passes every check can take the place of the damaged file, which is kept beside it under a new name.</source>
        <translation>没有更改任何内容。可以用通过全部检查的最近一份备份替换损坏的文件；损坏的文件会改名保留在旁边。</translation>
    </message>
    <message>
        <source>Go to its window, or close it there and try again here.</source>
        <translation>请转到它的窗口，或在那里关闭后回到这里重试。</translation>
    </message>
</context>
<context>
    <name>LongText</name>
    <message>
        <source>Message text</source>
        <translation>消息内容</translation>
    </message>
    <message>
        <source>Show all {count} characters</source>
        <translation>显示全部 {count} 个字符</translation>
    </message>
    <message>
        <source>Whole message</source>
        <translation>完整消息</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Loss curve</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>Smoothed loss now {loss}</source>
        <translation>当前平滑损失 {loss}</translation>
    </message>
    <message>
        <source>The curve begins soon</source>
        <translation>曲线即将开始</translation>
    </message>
    <message>
        <source>loss: raw pale, smoothed strong</source>
        <translation>损失：浅色为原始值，深色为平滑值</translation>
    </message>
    <message>
        <source>step {step} of {steps}</source>
        <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Your chats are stored. If it happens again, restart Confidant ({place}).</source>
        <translation>你的对话都已保存。如果再次发生，请重新启动 Confidant（{place}）。</translation>
    </message>
</context>
<context>
    <name>MemoryModel</name>
    <message>
        <source>Not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>From: {words}</source>
        <translation>来自：{words}</translation>
    </message>
    <message>
        <source>From a conversation</source>
        <translation>来自对话</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>由你添加</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Facts the assistant may look up. You can change or erase every one.</source>
        <translation>助手可以查阅的事实。每一条你都可以修改或清除。</translation>
    </message>
    <message>
        <source>Use memory</source>
        <translation>使用记忆</translation>
    </message>
    <message>
        <source>Adds facts that fit your question to what the model reads.</source>
        <translation>把与问题相关的事实加入模型读到的内容。</translation>
    </message>
    <message>
        <source>Look into earlier chats</source>
        <translation>查阅以往对话</translation>
    </message>
    <message>
        <source>Adds fitting messages of your other chats as well, while memory is on.</source>
        <translation>开启记忆时，也加入你其他对话中相关的消息。</translation>
    </message>
    <message>
        <source>New fact</source>
        <translation>新事实</translation>
    </message>
    <message>
        <source>Add a fact, for example: I am allergic to nuts.</source>
        <translation>添加一条事实，例如：我对坚果过敏。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Search facts</source>
        <translation>搜索事实</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Reading the memory…</source>
        <translation>正在读取记忆…</translation>
    </message>
    <message>
        <source>No fact holds these words</source>
        <translation>没有包含这些字词的事实</translation>
    </message>
    <message>
        <source>No facts here</source>
        <translation>这里还没有事实</translation>
    </message>
    <message>
        <source>Add one above, or approve examples in the learning inbox.</source>
        <translation>请在上方添加，或在学习收件箱中同意示例。</translation>
    </message>
</context>
<context>
    <name>MessageActions</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>修改后重新提问</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Write a better answer</source>
        <translation>写一个更好的回答</translation>
    </message>
    <message>
        <source>Good answer</source>
        <translation>回答得好</translation>
    </message>
    <message>
        <source>Bad answer</source>
        <translation>回答得不好</translation>
    </message>
    <message>
        <source>Why this answer?</source>
        <translation>为什么这样回答？</translation>
    </message>
    <message>
        <source>Earlier version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Later version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Never learn from this message</source>
        <translation>永不从这条消息学习</translation>
    </message>
    <message>
        <source>Too long to edit here; copy it instead</source>
        <translation>太长，无法在这里修改；请改为复制</translation>
    </message>
</context>
<context>
    <name>MessageBody</name>
    <message>
        <source>Message text</source>
        <translation>消息内容</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit the message</source>
        <translation>修改消息</translation>
    </message>
    <message>
        <source>Write the answer you wanted</source>
        <translation>写下你想要的回答</translation>
    </message>
    <message>
        <source>The old version stays; switch between them below the message.</source>
        <translation>旧版本会保留，可在消息下方切换。</translation>
    </message>
    <message>
        <source>The old answer stays. Where learning is allowed, the difference comes to the inbox.</source>
        <translation>旧回答会保留。在允许学习的地方，两者的差别会进入收件箱。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Keep this answer</source>
        <translation>保留这个回答</translation>
    </message>
</context>
<context>
    <name>MessageHandler</name>
    <message>
        <source>Looking into it…</source>
        <translation>正在查看原因…</translation>
    </message>
</context>
<context>
    <name>MessageView</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Confidant</source>
        <translation>Confidant</translation>
    </message>
    <message>
        <source>Stopped here.</source>
        <translation>在此停止。</translation>
    </message>
    <message>
        <source>The longest length of an answer was reached here.</source>
        <translation>回答到这里达到了最大长度。</translation>
    </message>
    <message>
        <source>This answer broke off.</source>
        <translation>回答中断了。</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>思考中…</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>使用 {name}</translation>
    </message>
    <message>
        <source>It needs more memory than this machine has.</source>
        <translation>它需要的内存超过这台电脑所有的内存。</translation>
    </message>
</context>
<context>
    <name>ModelScreen</name>
    <message>
        <source>Ready to chat</source>
        <translation>可以开始对话了</translation>
    </message>
    <message>
        <source>A small model came with Confidant; nothing needs to be downloaded.</source>
        <translation>Confidant 自带一个小模型，无需下载。</translation>
    </message>
    <message>
        <source>Looking at the model…</source>
        <translation>正在查看模型…</translation>
    </message>
    <message>
        <source>You can import larger ones on the Models page.</source>
        <translation>可以在“模型”页面导入更大的模型。</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Fits</source>
        <translation>合适</translation>
    </message>
    <message>
        <source>Tight: close other programs first</source>
        <translation>勉强：请先关闭其他程序</translation>
    </message>
    <message>
        <source>Too large for this machine</source>
        <translation>对这台电脑来说太大</translation>
    </message>
    <message>
        <source>Memory needed: {weights} for the weights + {context} for the context</source>
        <translation>所需内存：权重 {weights} + 上下文 {context}</translation>
    </message>
    <message>
        <source>not stated in its files</source>
        <translation>文件中未注明</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 个参数</translation>
    </message>
    <message>
        <source>licence: {name}</source>
        <translation>许可证：{name}</translation>
    </message>
    <message>
        <source>came with Confidant</source>
        <translation>随 Confidant 附带</translation>
    </message>
    <message>
        <source>{count} cores</source>
        <translation>{count} 个核心</translation>
    </message>
    <message>
        <source>{size} memory</source>
        <translation>{size} 内存</translation>
    </message>
    <message>
        <source>no GPU in use</source>
        <translation>未使用 GPU</translation>
    </message>
    <message>
        <source>Loaded: {path} on {device}, {memory} in use, {tokens} tokens of context.</source>
        <translation>已加载：{path}，运行于 {device}，占用 {memory}，上下文 {tokens} 个词元。</translation>
    </message>
    <message>
        <source>Not the fast way, because: {reason}</source>
        <translation>没有使用快速方式，原因：{reason}</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All of them run on this computer only.</source>
        <translation>它们都只在这台电脑上运行。</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>A GGUF file, or a folder with safetensors, config and tokenizer. Drop it here or choose it. It is checked first and then copied into your profile.</source>
        <translation>GGUF 文件，或包含 safetensors、配置和分词器的文件夹。拖到这里或点击选择。会先检查，再复制到你的档案中。</translation>
    </message>
    <message>
        <source>Choose a GGUF file…</source>
        <translation>选择 GGUF 文件…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>One import at a time; this one is being checked.</source>
        <translation>一次只能导入一个；正在检查这一个。</translation>
    </message>
    <message>
        <source>Checking and copying {name}…</source>
        <translation>正在检查并复制 {name}…</translation>
    </message>
    <message>
        <source>{name} passed its checks and is ready to use.</source>
        <translation>{name} 已通过检查，可以使用。</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Less</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>More</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>Less: {name}</source>
        <translation>减少：{name}</translation>
    </message>
    <message>
        <source>More: {name}</source>
        <translation>增加：{name}</translation>
    </message>
</context>
<context>
    <name>OnboardingPage</name>
    <message>
        <source>First run</source>
        <translation>首次使用</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Step {number} of {count}</source>
        <translation>第 {number} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>I have kept it</source>
        <translation>我已保存好</translation>
    </message>
    <message>
        <source>Start chatting</source>
        <translation>开始对话</translation>
    </message>
    <message>
        <source>Making the key…</source>
        <translation>正在生成密钥…</translation>
    </message>
</context>
<context>
    <name>PairView</name>
    <message>
        <source>A is better</source>
        <translation>A 更好</translation>
    </message>
    <message>
        <source>B is better</source>
        <translation>B 更好</translation>
    </message>
    <message>
        <source>About the same</source>
        <translation>差不多</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止比较</translation>
    </message>
    <message>
        <source>Both are answering question {number}…</source>
        <translation>两个版本正在回答第 {number} 个问题…</translation>
    </message>
    <message>
        <source>Question {number} of {count}. Which answer do you prefer?</source>
        <translation>第 {number} 题，共 {count} 题。你更喜欢哪个回答？</translation>
    </message>
</context>
<context>
    <name>PassphraseFields</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>再输入一遍</translation>
    </message>
    <message>
        <source>The two lines differ.</source>
        <translation>两行不一致。</translation>
    </message>
    <message>
        <source>Four or more unrelated words are strong and easy to type.</source>
        <translation>四个或更多互不相关的词既安全又容易输入。</translation>
    </message>
    <message>
        <source>Use at least {count} characters.</source>
        <translation>至少使用 {count} 个字符。</translation>
    </message>
    <message>
        <source>Weak: easy to guess. Add more words.</source>
        <translation>弱：容易猜到。请再加几个词。</translation>
    </message>
    <message>
        <source>Fair. One more word makes it strong.</source>
        <translation>一般。再加一个词就很强了。</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>强。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>What is stored and who can open it. Only what you export gets out.</source>
        <translation>存了什么、谁能打开。只有你导出的内容才会离开这里。</translation>
    </message>
    <message>
        <source>Learning, keeping, locking, clipboard</source>
        <translation>学习、保留、锁定、剪贴板</translation>
    </message>
    <message>
        <source>“Lock after” needs a passphrase; set one above.</source>
        <translation>“自动锁定”需要口令；请先在上方设置。</translation>
    </message>
    <message>
        <source>The clock of this computer jumped. Nothing is erased for its age until the clock has gone on from there for three days.</source>
        <translation>这台电脑的时钟发生了跳变。在时钟由此正常走过三天之前，不会因为时间久而抹除任何内容。</translation>
    </message>
    <message>
        <source>Left out of learning</source>
        <translation>不参与学习的内容</translation>
    </message>
    <message>
        <source>Passwords and keys are always left out. What else must never be learned?</source>
        <translation>密码和密钥始终会被剔除。还有什么绝不能被学习？</translation>
    </message>
    <message>
        <source>What happened, never what was said.</source>
        <translation>只记录发生了什么，绝不记录说了什么。</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>操作记录</translation>
    </message>
</context>
<context>
    <name>PrivacyPresenter</name>
    <message>
        <source>Encrypting everything anew…</source>
        <translation>正在重新加密全部内容…</translation>
    </message>
    <message>
        <source>Making a backup…</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Going back to the backup…</source>
        <translation>正在恢复备份…</translation>
    </message>
    <message>
        <source>Erasing everything…</source>
        <translation>正在抹除全部内容…</translation>
    </message>
</context>
<context>
    <name>PrivacyWords</name>
    <message>
        <source>Database (encrypted)</source>
        <translation>数据库（已加密）</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Examples of the inbox</source>
        <translation>收件箱中的示例</translation>
    </message>
    <message>
        <source>Remembered facts</source>
        <translation>记住的事实</translation>
    </message>
    <message>
        <source>Blind comparisons (numbers only)</source>
        <translation>盲测比较（仅数字）</translation>
    </message>
    <message>
        <source>Lines of the audit trail</source>
        <translation>操作记录条数</translation>
    </message>
    <message>
        <source>Learned versions (encrypted)</source>
        <translation>学习版本（已加密）</translation>
    </message>
    <message>
        <source>Unfinished training (encrypted)</source>
        <translation>未完成的训练（已加密）</translation>
    </message>
    <message>
        <source>The model&apos;s own general answers (encrypted)</source>
        <translation>模型自己的通用回答（已加密）</translation>
    </message>
    <message>
        <source>Skills (encrypted)</source>
        <translation>技能（已加密）</translation>
    </message>
    <message>
        <source>Wrapped keys</source>
        <translation>加密保存的密钥</translation>
    </message>
    <message>
        <source>Backups (encrypted)</source>
        <translation>备份（已加密）</translation>
    </message>
    <message>
        <source>Imported models</source>
        <translation>导入的模型</translation>
    </message>
    <message>
        <source>Cache (nothing of yours)</source>
        <translation>缓存（没有你的内容）</translation>
    </message>
    <message>
        <source>Logs (no words of yours)</source>
        <translation>日志（没有你的文字）</translation>
    </message>
    <message>
        <source>Training figures (no words of yours)</source>
        <translation>训练数据（不含你的任何文字）</translation>
    </message>
    <message>
        <source>Profile made</source>
        <translation>档案已建立</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
    <message>
        <source>Restored from a backup</source>
        <translation>已从备份恢复</translation>
    </message>
    <message>
        <source>New keys made</source>
        <translation>已生成新密钥</translation>
    </message>
    <message>
        <source>Erased after their days</source>
        <translation>到期抹除</translation>
    </message>
    <message>
        <source>Passphrase set</source>
        <translation>已设置口令</translation>
    </message>
    <message>
        <source>Passphrase removed</source>
        <translation>已取消口令</translation>
    </message>
    <message>
        <source>Learning turned on</source>
        <translation>已打开学习</translation>
    </message>
    <message>
        <source>Learning turned off</source>
        <translation>已关闭学习</translation>
    </message>
    <message>
        <source>Learning from a conversation allowed</source>
        <translation>已允许从一个对话学习</translation>
    </message>
    <message>
        <source>Learning from a conversation forbidden</source>
        <translation>已禁止从一个对话学习</translation>
    </message>
    <message>
        <source>Conversation erased</source>
        <translation>对话已清除</translation>
    </message>
    <message>
        <source>Chats imported</source>
        <translation>已导入对话</translation>
    </message>
    <message>
        <source>Chats exported in plain text</source>
        <translation>已以明文导出对话</translation>
    </message>
    <message>
        <source>Example approved</source>
        <translation>示例已同意</translation>
    </message>
    <message>
        <source>Example forbidden</source>
        <translation>示例已禁止</translation>
    </message>
    <message>
        <source>Example put back</source>
        <translation>示例已放回</translation>
    </message>
    <message>
        <source>Fact forgotten</source>
        <translation>事实已忘记</translation>
    </message>
    <message>
        <source>Fact erased with all that was made of it</source>
        <translation>事实及其衍生内容已清除</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>已学习</translation>
    </message>
    <message>
        <source>Learned, but did not pass its exam</source>
        <translation>已学习，但未通过测验</translation>
    </message>
    <message>
        <source>Version switched on</source>
        <translation>版本已启用</translation>
    </message>
    <message>
        <source>Versions switched off</source>
        <translation>版本已关闭</translation>
    </message>
    <message>
        <source>Went back to an earlier version</source>
        <translation>已回到更早的版本</translation>
    </message>
    <message>
        <source>Version destroyed</source>
        <translation>版本已销毁</translation>
    </message>
    <message>
        <source>Version exported in plain text</source>
        <translation>版本已以明文导出</translation>
    </message>
    <message>
        <source>Version taken in from a folder</source>
        <translation>已从文件夹导入版本</translation>
    </message>
    <message>
        <source>Skill taught</source>
        <translation>已教会技能</translation>
    </message>
    <message>
        <source>Skill destroyed</source>
        <translation>已销毁技能</translation>
    </message>
    <message>
        <source>Model imported</source>
        <translation>模型已导入</translation>
    </message>
    <message>
        <source>Model chosen</source>
        <translation>模型已选择</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>ReadingCard</name>
    <message>
        <source>Stop reading</source>
        <translation>停止读取</translation>
    </message>
    <message>
        <source>The model gets ready to read your messages.</source>
        <translation>模型正在准备读取你的消息。</translation>
    </message>
    <message>
        <source>The model reads your messages: {read} of {messages}.</source>
        <translation>模型正在读取你的消息：{read} / {messages}。</translation>
    </message>
</context>
<context>
    <name>RecoveryScreen</name>
    <message>
        <source>Keep your recovery key</source>
        <translation>保存好你的恢复密钥</translation>
    </message>
    <message>
        <source>It opens your chats if the passphrase or the keyring is ever lost. It is shown only now, and nobody else has it. Write it down or save it away from this computer.</source>
        <translation>如果口令或密钥环丢失，可以用它打开你的对话。它只在此刻显示，别人都没有。请抄写下来，或保存到这台电脑以外的地方。</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>保存到文件…</translation>
    </message>
    <message>
        <source>Copied. It leaves the clipboard in {count} seconds.</source>
        <translation>已复制。{count} 秒后会从剪贴板清除。</translation>
    </message>
    <message>
        <source>Save the recovery key</source>
        <translation>保存恢复密钥</translation>
    </message>
    <message>
        <source>It could not be written there; choose another folder or write it down.</source>
        <translation>无法写到那里；请选择其他文件夹，或抄写下来。</translation>
    </message>
    <message>
        <source>Saved. Move the file off this computer.</source>
        <translation>已保存。请把这个文件移到这台电脑以外。</translation>
    </message>
</context>
<context>
    <name>RedactionWords</name>
    <message>
        <source>a phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>an e-mail address</source>
        <translation>电子邮件地址</translation>
    </message>
    <message>
        <source>a card number</source>
        <translation>银行卡号</translation>
    </message>
    <message>
        <source>a bank account</source>
        <translation>银行账号</translation>
    </message>
    <message>
        <source>a social security number</source>
        <translation>社会保障号</translation>
    </message>
    <message>
        <source>an ID number</source>
        <translation>身份证件号</translation>
    </message>
    <message>
        <source>a network address</source>
        <translation>网络地址</translation>
    </message>
    <message>
        <source>a web address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>a secret</source>
        <translation>机密信息</translation>
    </message>
    <message>
        <source>phone numbers</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>e-mail addresses</source>
        <translation>电子邮件地址</translation>
    </message>
    <message>
        <source>card numbers</source>
        <translation>银行卡号</translation>
    </message>
    <message>
        <source>bank accounts</source>
        <translation>银行账号</translation>
    </message>
    <message>
        <source>social security numbers</source>
        <translation>社会保障号</translation>
    </message>
    <message>
        <source>ID numbers</source>
        <translation>身份证件号</translation>
    </message>
    <message>
        <source>network addresses</source>
        <translation>网络地址</translation>
    </message>
    <message>
        <source>web addresses</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>secrets</source>
        <translation>机密信息</translation>
    </message>
    <message>
        <source>Removed: {names}</source>
        <translation>已去除：{names}</translation>
    </message>
    <message>
        <source>1 holds {name}</source>
        <translation>1 条含有{name}</translation>
    </message>
    <message>
        <source>{count} hold {name}</source>
        <translation>{count} 条含有{name}</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>What still falls short:</source>
        <translation>仍有不足：</translation>
    </message>
    <message>
        <source>Your facts right</source>
        <translation>你的事实答对率</translation>
    </message>
    <message>
        <source>Says so when it was never told</source>
        <translation>没听说过时会如实说</translation>
    </message>
    <message>
        <source>General questions right</source>
        <translation>一般问题答对率</translation>
    </message>
    <message>
        <source>Prefers the answers you want</source>
        <translation>偏向你想要的回答</translation>
    </message>
    <message>
        <source>Secrets given away, of {count}</source>
        <translation>泄露的机密（共 {count} 项）</translation>
    </message>
    <message>
        <source>Loss on your held-out answers (nats per token)</source>
        <translation>预留的个人答案上的损失（奈特/词元）</translation>
    </message>
    <message>
        <source>Loss on general answers (nats per token)</source>
        <translation>一般答案上的损失（奈特/词元）</translation>
    </message>
    <message>
        <source>Perplexity of ordinary text</source>
        <translation>普通文本的困惑度</translation>
    </message>
    <message>
        <source>Untuned</source>
        <translation>学习前</translation>
    </message>
    <message>
        <source>Tuned</source>
        <translation>学习后</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>更差</translation>
    </message>
    <message>
        <source>Show all figures</source>
        <translation>显示全部数据</translation>
    </message>
    <message>
        <source>{examples}, {tokens} tokens trained, {time} in all.</source>
        <translation>{examples}，训练了 {tokens} 个词元，共用时 {time}。</translation>
    </message>
    <message>
        <source>Hide the figures</source>
        <translation>收起数据</translation>
    </message>
    <message>
        <source>Attempt {number}: {steps} steps in {time}, last loss {loss}, {verdict}. {recipe}</source>
        <translation>第 {number} 次尝试：{time} 内 {steps} 步，最终损失 {loss}，{verdict}。{recipe}</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>did not pass</source>
        <translation>未通过</translation>
    </message>
</context>
<context>
    <name>RunCard</name>
    <message>
        <source>Learning run</source>
        <translation>学习过程</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>已用内存</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Examines what it learned so far; kept if it is better</source>
        <translation>考核到目前为止学到的内容；如果更好就保留</translation>
    </message>
    <message>
        <source>Stop and discard…</source>
        <translation>停止并丢弃…</translation>
    </message>
    <message>
        <source>What this run has learned so far is lost and cannot be brought back. Your examples and earlier versions stay.</source>
        <translation>这次到目前为止学到的内容会丢失且无法恢复。示例和更早的版本会保留。</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止并丢弃</translation>
    </message>
    <message>
        <source>Stopping after this step</source>
        <translation>这一步之后停止</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>You can go on chatting meanwhile.</source>
        <translation>期间你可以继续对话。</translation>
    </message>
    <message>
        <source>Attempt {attempt}, step {step} of {steps}</source>
        <translation>第 {attempt} 次尝试，第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>SettingChoices</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Rules alone</source>
        <translation>仅用规则</translation>
    </message>
    <message>
        <source>Rules and the model</source>
        <translation>规则加模型</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>充分</translation>
    </message>
    <message>
        <source>Questions about me</source>
        <translation>与我有关的问题</translation>
    </message>
    <message>
        <source>Every question</source>
        <translation>每个问题</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA GPU</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>New each time</source>
        <translation>每次不同</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Preset&apos;s</source>
        <translation>按预设</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 个词元</translation>
    </message>
</context>
<context>
    <name>SettingField</name>
    <message>
        <source>Reset {name}</source>
        <translation>重置“{name}”</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of the window; it changes at the next start.</source>
        <translation>窗口使用的语言；下次启动时生效。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light or dark, or whatever the system shows.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Scales all text of the window.</source>
        <translation>缩放窗口中的所有文字。</translation>
    </message>
    <message>
        <source>Show token speed</source>
        <translation>显示生成速度</translation>
    </message>
    <message>
        <source>Shows tokens per second under each new answer.</source>
        <translation>在每个新回答下方显示每秒词元数。</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>What the assistant is told before every conversation.</source>
        <translation>每次对话之前告诉助手的话。</translation>
    </message>
    <message>
        <source>Use memory</source>
        <translation>使用记忆</translation>
    </message>
    <message>
        <source>Adds remembered facts that fit your question to the prompt.</source>
        <translation>把与问题相关的记忆加入提示词。</translation>
    </message>
    <message>
        <source>Look into earlier chats</source>
        <translation>查阅以往对话</translation>
    </message>
    <message>
        <source>Adds fitting messages of your other chats to the prompt, while memory is on.</source>
        <translation>开启记忆时，把你其他对话中相关的消息加入提示。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 always takes the likeliest word; higher is more varied.</source>
        <translation>0 总是选最可能的词；越高变化越多。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>An answer stops after this many tokens.</source>
        <translation>回答达到这么多词元后停止。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many likeliest tokens; 0 means all.</source>
        <translation>从最可能的这么多个词元中选择；0 表示全部。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that make up this share.</source>
        <translation>从合计占这一比例的最可能词元中选择。</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Drops tokens less likely than this share of the likeliest one.</source>
        <translation>舍弃概率低于最可能词元这一比例的词元。</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Above 1, words already used become less likely.</source>
        <translation>大于 1 时，用过的词更不容易再出现。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed repeats the same answer; -1 draws a new one.</source>
        <translation>相同的种子得到相同的回答；-1 表示每次新取。</translation>
    </message>
    <message>
        <source>Learn from my chats</source>
        <translation>从我的对话中学习</translation>
    </message>
    <message>
        <source>Off: nothing is ever learned. On: conversations you allow go to the inbox.</source>
        <translation>关闭：绝不学习。打开：你允许的对话会进入收件箱。</translation>
    </message>
    <message>
        <source>Find facts with</source>
        <translation>查找事实的方式</translation>
    </message>
    <message>
        <source>Rules find plain statements; a model finds more, and automatic asks it from a billion parameters on.</source>
        <translation>规则能找出明白的陈述；模型能找出更多，自动模式从十亿参数起才询问模型。</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>力度</translation>
    </message>
    <message>
        <source>How long learning may take and how much it repeats.</source>
        <translation>学习可以花多长时间、重复多少遍。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How strongly what was learned shapes answers; 0 is untuned.</source>
        <translation>学到的内容对回答的影响程度；0 表示不受影响。</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Questions about you and what you told, or every question.</source>
        <translation>只用于与你和你说过的事有关的问题，或用于每个问题。</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时间上限</translation>
    </message>
    <message>
        <source>Learning stops after this many minutes and keeps the best.</source>
        <translation>学习达到这么多分钟后停止，并保留最好的结果。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>AdamW suits nearly everyone; SGD needs less memory.</source>
        <translation>AdamW 适合绝大多数情况；SGD 占用内存更少。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step moves the adapter; 0 takes the preset&apos;s.</source>
        <translation>每一步调整适配器的幅度；0 表示按预设。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>The adapter&apos;s capacity; higher learns more and costs more.</source>
        <translation>适配器的容量；越高学得越多，代价也越大。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Scales the adapter by alpha divided by rank.</source>
        <translation>按 alpha 除以秩来缩放适配器。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Optimizer steps of one attempt; 0 takes the preset&apos;s.</source>
        <translation>每次尝试的优化步数；0 表示按预设。</translation>
    </message>
    <message>
        <source>Replay weight</source>
        <translation>回放权重</translation>
    </message>
    <message>
        <source>Holds answers to general questions close to the untuned model&apos;s.</source>
        <translation>让一般问题的回答贴近原模型。</translation>
    </message>
    <message>
        <source>Write training figures</source>
        <translation>写出训练数据</translation>
    </message>
    <message>
        <source>Writes TensorBoard files of each training: numbers, never words, unencrypted.</source>
        <translation>为每次训练写出 TensorBoard 文件：只有数字，从不含文字，不加密。</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>自动锁定</translation>
    </message>
    <message>
        <source>Minutes without input until the window locks; 0 is never.</source>
        <translation>多少分钟无操作后锁定窗口；0 表示从不。</translation>
    </message>
    <message>
        <source>Clear clipboard after</source>
        <translation>清空剪贴板</translation>
    </message>
    <message>
        <source>Seconds until copied chat text leaves the clipboard; 0 is never.</source>
        <translation>复制的对话文字多少秒后从剪贴板清除；0 表示从不。</translation>
    </message>
    <message>
        <source>Keep conversations for</source>
        <translation>对话保留时间</translation>
    </message>
    <message>
        <source>Days after its newest message until a conversation is erased; 0 is for ever.</source>
        <translation>对话在最后一条消息之后保留的天数，到期抹除；0 表示永久。</translation>
    </message>
    <message>
        <source>Never learn</source>
        <translation>永不学习</translation>
    </message>
    <message>
        <source>Words, one a line; a message that holds one of them is never learned.</source>
        <translation>每行一个词；含有其中任何一个的消息绝不会被学习。</translation>
    </message>
    <message>
        <source>Leave out e-mail addresses</source>
        <translation>剔除电子邮件地址</translation>
    </message>
    <message>
        <source>Leave out phone numbers</source>
        <translation>剔除电话号码</translation>
    </message>
    <message>
        <source>Leave out web addresses</source>
        <translation>剔除网址</translation>
    </message>
    <message>
        <source>Leave out card numbers</source>
        <translation>剔除银行卡号</translation>
    </message>
    <message>
        <source>Leave out bank accounts</source>
        <translation>剔除银行账户</translation>
    </message>
    <message>
        <source>Leave out social security numbers</source>
        <translation>剔除社会安全号码</translation>
    </message>
    <message>
        <source>Leave out ID numbers</source>
        <translation>剔除证件号码</translation>
    </message>
    <message>
        <source>Leave out network addresses</source>
        <translation>剔除网络地址</translation>
    </message>
    <message>
        <source>On: replaced by a placeholder before anything is learned.</source>
        <translation>开启：学习之前先换成占位符。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Identifier of the model in use; empty is the one that came with the app.</source>
        <translation>所用模型的标识；留空表示使用自带的模型。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the model runs; auto takes the GPU when there is one.</source>
        <translation>模型在哪里运行；自动时，有 GPU 就用 GPU。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor threads for the model; 0 chooses for this machine.</source>
        <translation>模型使用的处理器线程数；0 表示自动选择。</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Tokens the model may look back on; 0 takes what the model and memory allow.</source>
        <translation>模型可以回顾的词元数；0 表示按模型和内存允许的最大值。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Every change is kept at once.</source>
        <translation>每次更改都会立即保存。</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>1 more behind Advanced.</source>
        <translation>“高级”中还有 1 项。</translation>
    </message>
    <message>
        <source>{count} more behind Advanced.</source>
        <translation>“高级”中还有 {count} 项。</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New chat (Ctrl+N)</source>
        <translation>新对话（Ctrl+N）</translation>
    </message>
    <message>
        <source>Temporary chat: not stored, never learned from</source>
        <translation>临时对话：不保存，不用于学习</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>你的对话会列在这里。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Export as Markdown…</source>
        <translation>导出为 Markdown…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Erase for good…</source>
        <translation>彻底清除…</translation>
    </message>
    <message>
        <source>Export this chat in plain text</source>
        <translation>以明文导出这个对话</translation>
    </message>
    <message>
        <source>Deleted: {title}</source>
        <translation>已删除：{title}</translation>
    </message>
</context>
<context>
    <name>SkillModel</name>
    <message>
        <source>Below target</source>
        <translation>未达目标</translation>
    </message>
    <message>
        <source>{score} right, taught {when}</source>
        <translation>正确 {score}，教于 {when}</translation>
    </message>
</context>
<context>
    <name>SkillReportView</name>
    <message>
        <source>Untuned</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>Tuned</source>
        <translation>训练后</translation>
    </message>
    <message>
        <source>Right answers (accuracy)</source>
        <translation>答对比例（准确率）</translation>
    </message>
    <message>
        <source>Precision, mean of all labels</source>
        <translation>精确率，各标签平均</translation>
    </message>
    <message>
        <source>Recall, mean of all labels</source>
        <translation>召回率，各标签平均</translation>
    </message>
    <message>
        <source>F1, mean of all labels</source>
        <translation>F1，各标签平均</translation>
    </message>
    <message>
        <source>Exactly the expected answer</source>
        <translation>与预期答案完全一致</translation>
    </message>
    <message>
        <source>Shared words (F1)</source>
        <translation>共有的词（F1）</translation>
    </message>
    <message>
        <source>Shared letters (chrF)</source>
        <translation>共有的字符（chrF）</translation>
    </message>
    <message>
        <source>Loss (nats per token)</source>
        <translation>损失（每词元奈特）</translation>
    </message>
    <message>
        <source>{count} × “{true}” answered as “{given}”</source>
        <translation>{count} 次把“{true}”答成“{given}”</translation>
    </message>
    <message>
        <source>What it confuses most</source>
        <translation>最常混淆的</translation>
    </message>
    <message>
        <source>Show all figures</source>
        <translation>显示全部数字</translation>
    </message>
    <message>
        <source>Hide the figures</source>
        <translation>隐藏数字</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>{train} rows to learn from, {test} to test, {time} in all.</source>
        <translation>用 {train} 行学习，用 {test} 行测试，共用 {time}。</translation>
    </message>
    <message>
        <source>Always the most frequent label would be right in {rate}.</source>
        <translation>总是回答最常见的标签会答对 {rate}。</translation>
    </message>
    <message>
        <source>Attempt {number} ({why}): {score} on rows held back, {steps} steps in {time}. {recipe}</source>
        <translation>第 {number} 次尝试（{why}）：在留出的行上 {score}，{steps} 步，用时 {time}。{recipe}</translation>
    </message>
</context>
<context>
    <name>SkillWords</name>
    <message>
        <source>Reading the texts</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>Examining the model as it is</source>
        <translation>正在考查未训练的模型</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Checking on rows held back</source>
        <translation>正在用留出的行检查</translation>
    </message>
    <message>
        <source>Examining on the test file</source>
        <translation>正在用测试文件考查</translation>
    </message>
    <message>
        <source>One skill at a time; this one is being taught.</source>
        <translation>一次只能教一项技能；正在教这一项。</translation>
    </message>
    <message>
        <source>Give the skill a name first.</source>
        <translation>请先给技能起个名称。</translation>
    </message>
    <message>
        <source>Choose the file to learn from first.</source>
        <translation>请先选择学习用文件。</translation>
    </message>
    <message>
        <source>Choose the file to test with first.</source>
        <translation>请先选择测试用文件。</translation>
    </message>
    <message>
        <source>Target met</source>
        <translation>达到目标</translation>
    </message>
    <message>
        <source>Target not met; the best is kept</source>
        <translation>未达到目标；保留最好的结果</translation>
    </message>
    <message>
        <source>Better than before, and kept</source>
        <translation>比之前好，已保留</translation>
    </message>
    <message>
        <source>Not better, so nothing is kept</source>
        <translation>没有变好，因此不保留</translation>
    </message>
    <message>
        <source>{before} untuned, {after} now.</source>
        <translation>未训练时 {before}，现在 {after}。</translation>
    </message>
    <message>
        <source>{before} untuned, {after} now; {target} was the target.</source>
        <translation>未训练时 {before}，现在 {after}；目标是 {target}。</translation>
    </message>
    <message>
        <source>first try</source>
        <translation>第一次尝试</translation>
    </message>
    <message>
        <source>trained longer</source>
        <translation>训练更久</translation>
    </message>
    <message>
        <source>trained shorter</source>
        <translation>训练更短</translation>
    </message>
    <message>
        <source>smaller steps</source>
        <translation>更小的步长</translation>
    </message>
    <message>
        <source>read in another way</source>
        <translation>换一种方式读取</translation>
    </message>
    <message>
        <source>other rows held back</source>
        <translation>留出其他行</translation>
    </message>
    <message>
        <source>fell apart</source>
        <translation>训练失败</translation>
    </message>
    <message>
        <source>{count} repeated rows left out</source>
        <translation>略去 {count} 行重复的</translation>
    </message>
    <message>
        <source>{count} rows with contradicting labels left out</source>
        <translation>略去 {count} 行标签互相矛盾的</translation>
    </message>
    <message>
        <source>{count} rows left out that are in the test file</source>
        <translation>略去 {count} 行测试文件中已有的</translation>
    </message>
    <message>
        <source>{count} rows without a label left out</source>
        <translation>略去 {count} 行没有标签的</translation>
    </message>
    <message>
        <source>{count} rows with several labels left out</source>
        <translation>略去 {count} 行有多个标签的</translation>
    </message>
    <message>
        <source>{count} test rows without a label left out</source>
        <translation>略去 {count} 行没有标签的测试行</translation>
    </message>
    <message>
        <source>{count} rows left out, more than memory is spent on</source>
        <translation>略去 {count} 行，超出内存允许的数量</translation>
    </message>
</context>
<context>
    <name>SkillsPage</name>
    <message>
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message>
        <source>Teach a task from a table: sorting mail, judging reviews, answering in your words. All of it happens on this computer.</source>
        <translation>用一张表教会它一项任务：给邮件分类、判断评论、用你的话回答。全部在这台电脑上完成。</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>关闭报告</translation>
    </message>
    <message>
        <source>No skills yet</source>
        <translation>还没有技能</translation>
    </message>
    <message>
        <source>Teach one below: it needs a file to learn from and a file to test with.</source>
        <translation>在下方教一个：需要一个用来学习的文件和一个用来测试的文件。</translation>
    </message>
    <message>
        <source>Reading the skills…</source>
        <translation>正在读取技能…</translation>
    </message>
    <message>
        <source>Stopped. What was taught so far was discarded; nothing else changed.</source>
        <translation>已停止。到目前为止教的内容已丢弃，其他没有改变。</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>Learn now</source>
        <translation>开始学习</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Learn from {examples}</source>
        <translation>从 {examples}中学习</translation>
    </message>
    <message>
        <source>The result is switched on only if it passes its exam.</source>
        <translation>只有通过考核，结果才会启用。</translation>
    </message>
    <message>
        <source>Looking through your chats…</source>
        <translation>正在查看你的对话…</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Loading {model}… {percent}</source>
        <translation>正在加载 {model}… {percent}</translation>
    </message>
    <message>
        <source>{model} is not loaded</source>
        <translation>{model} 未加载</translation>
    </message>
    <message>
        <source>Loading… {percent}</source>
        <translation>正在加载… {percent}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No adapter</source>
        <translation>无适配器</translation>
    </message>
    <message>
        <source>Version {version} at {percent}</source>
        <translation>版本 {version}，强度 {percent}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Erasing for good…</source>
        <translation>正在彻底抹除…</translation>
    </message>
    <message>
        <source>Learning {percent}</source>
        <translation>学习中 {percent}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Offline: nothing leaves this computer</source>
        <translation>离线：任何内容都不会离开这台电脑</translation>
    </message>
    <message>
        <source>Confidant makes no network connections. Only a link that you open yourself, or a file that you export, leaves it; other programs are not its affair.</source>
        <translation>Confidant 不建立网络连接。只有你自己打开的链接或导出的文件会离开它；其他程序的行为不受它控制。</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Close everything and ask for the passphrase</source>
        <translation>关闭所有内容并询问口令</translation>
    </message>
    <message>
        <source>Set a passphrase on the Privacy page to use the lock</source>
        <translation>要使用锁定，请先在“隐私”页面设置口令</translation>
    </message>
</context>
<context>
    <name>StoredCard</name>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>存储的内容</translation>
    </message>
    <message>
        <source>What is stored: {size} on this computer</source>
        <translation>存储的内容：在这台电脑上占 {size}</translation>
    </message>
</context>
<context>
    <name>StrengthSlider</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Strength of the adapter in per cent</source>
        <translation>适配器强度（百分比）</translation>
    </message>
    <message>
        <source>0 % answers as if nothing had been learned.</source>
        <translation>0 % 时的回答如同什么都没学过。</translation>
    </message>
</context>
<context>
    <name>TeachCard</name>
    <message>
        <source>Teach a skill</source>
        <translation>教一项技能</translation>
    </message>
    <message>
        <source>From a table of rows, each with a text and its label, or a question and its answer: JSONL, CSV or TSV. The rows are read once and not kept.</source>
        <translation>来自一张表，每行是一段文本和它的标签，或一个问题和它的答案：JSONL、CSV 或 TSV。这些行只读取一次，不会保留。</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>学习用文件</translation>
    </message>
    <message>
        <source>Rows that it is taught.</source>
        <translation>用来教它的行。</translation>
    </message>
    <message>
        <source>Test with</source>
        <translation>测试用文件</translation>
    </message>
    <message>
        <source>Other rows, never taught; its figures come from them alone.</source>
        <translation>另外的行，从不用来教；它的成绩只来自这些行。</translation>
    </message>
    <message>
        <source>For example: praise or complaint</source>
        <translation>例如：表扬还是投诉</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Target, per cent right</source>
        <translation>目标，正确百分比</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>It goes on until so many answers are right, or the time is up.</source>
        <translation>直到这么多答案正确，或时间用完为止。</translation>
    </message>
    <message>
        <source>Most minutes</source>
        <translation>最多分钟数</translation>
    </message>
    <message>
        <source>The best that was found is kept.</source>
        <translation>保留找到的最好结果。</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>开始教</translation>
    </message>
    <message>
        <source>Choose the rows to learn from</source>
        <translation>选择用来学习的行</translation>
    </message>
    <message>
        <source>Choose the rows to test with</source>
        <translation>选择用来测试的行</translation>
    </message>
    <message>
        <source>Tables of rows (*.jsonl *.json *.csv *.tsv)</source>
        <translation>数据表 (*.jsonl *.json *.csv *.tsv)</translation>
    </message>
</context>
<context>
    <name>TeachingCard</name>
    <message>
        <source>Teaching</source>
        <translation>正在教</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop and discard…</source>
        <translation>停止并丢弃…</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Examines what was finished so far, and keeps it</source>
        <translation>考查到目前为止完成的部分，并保留它</translation>
    </message>
    <message>
        <source>What was taught so far is lost. Your other skills stay.</source>
        <translation>到目前为止教的内容会丢失。你的其他技能不受影响。</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止并丢弃</translation>
    </message>
    <message>
        <source>Stopping after this step</source>
        <translation>完成这一步后停止</translation>
    </message>
    <message>
        <source>Right so far on rows held back: {score}. Time left: {left}.</source>
        <translation>目前在留出的行上的正确率：{score}。剩余时间：{left}。</translation>
    </message>
    <message>
        <source>You can go on chatting meanwhile.</source>
        <translation>你可以同时继续聊天。</translation>
    </message>
    <message>
        <source>Attempt {attempt}, step {step} of {steps}</source>
        <translation>第 {attempt} 次尝试，第 {step} 步，共 {steps} 步</translation>
    </message>
</context>
<context>
    <name>ThreadView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>TimelineCard</name>
    <message>
        <source>What it has learned</source>
        <translation>它学到的内容</translation>
    </message>
    <message>
        <source>Go back one</source>
        <translation>退回一步</translation>
    </message>
    <message>
        <source>Switches back to what was on before the last change</source>
        <translation>切换回上次更改之前所用的版本</translation>
    </message>
    <message>
        <source>Show older ones</source>
        <translation>显示更早的</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How much of it reaches the answers. 0 is untuned, 100 is as examined.</source>
        <translation>学到的内容在多大程度上影响回答。0 为原模型，100 为考核时的强度。</translation>
    </message>
    <message>
        <source>Show {count} older ones</source>
        <translation>显示更早的 {count} 个</translation>
    </message>
    <message>
        <source>Version {number} and what it learned from {examples} are destroyed; this cannot be undone. The examples themselves stay.</source>
        <translation>版本 {number} 以及它从 {examples}中学到的内容会被销毁，无法撤销。示例本身会保留。</translation>
    </message>
    <message>
        <source>It is on now; answers will be untuned.</source>
        <translation>它正在使用中；之后的回答将回到原模型。</translation>
    </message>
    <message>
        <source>Delete version {number}</source>
        <translation>删除版本 {number}</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>under a minute</source>
        <translation>不到一分钟</translation>
    </message>
    <message>
        <source>about {count} min</source>
        <translation>约 {count} 分钟</translation>
    </message>
    <message>
        <source>about {count} h</source>
        <translation>约 {count} 小时</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>{speed} tokens/s, {tokens} tokens, first after {first} s, context {used}/{room}</source>
        <translation>{speed} 词元/秒，共 {tokens} 个词元，{first} 秒后开始，上下文 {used}/{room}</translation>
    </message>
</context>
<context>
    <name>WelcomeScreen</name>
    <message>
        <source>Welcome to Confidant</source>
        <translation>欢迎使用 Confidant</translation>
    </message>
    <message>
        <source>An assistant that lives on this computer. Your chats are kept encrypted here, and it learns from them only what you approve.</source>
        <translation>一位住在这台电脑里的助手。你的对话在这里加密保存，它只学习你同意的内容。</translation>
    </message>
</context>
<context>
    <name>_AdapterRow</name>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>your facts right {rate}</source>
        <translation>你的事实答对率 {rate}</translation>
    </message>
    <message>
        <source>Report of {name}</source>
        <translation>{name}的报告</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>删除{name}</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
</context>
<context>
    <name>_Answer</name>
    <message>
        <source>Answer {letter}</source>
        <translation>回答 {letter}</translation>
    </message>
    <message>
        <source>(no answer)</source>
        <translation>（没有回答）</translation>
    </message>
</context>
</TS>
